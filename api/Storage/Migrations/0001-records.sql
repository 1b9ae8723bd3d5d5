-- Times are UTC, ISO 8601 with milliseconds and Z, so that text order is time order. Days are YYYY-MM-DD in Asia/Shanghai.

CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    source_id    TEXT NOT NULL,
    state        TEXT NOT NULL,
    reason       TEXT,
    started_at   TEXT NOT NULL,
    ended_at     TEXT,
    heartbeat_at TEXT NOT NULL,
    process      TEXT NOT NULL
);
CREATE INDEX run_by_source ON run (source_id, id);

CREATE TABLE capture (
    id           INTEGER PRIMARY KEY,
    digest       TEXT NOT NULL,
    url          TEXT NOT NULL,
    final_url    TEXT NOT NULL,
    status       INTEGER NOT NULL,
    headers      TEXT NOT NULL,
    content_type TEXT,
    length_bytes INTEGER NOT NULL,
    captured_at  TEXT NOT NULL,
    fetcher      TEXT NOT NULL,
    source_id    TEXT NOT NULL,
    run_id       INTEGER REFERENCES run (id),
    page_kind    TEXT,
    outcome      TEXT,
    blocked      TEXT,
    total        INTEGER
);
CREATE INDEX capture_by_digest ON capture (digest);
CREATE INDEX capture_by_time ON capture (captured_at);

CREATE TABLE frontier (
    id          INTEGER PRIMARY KEY,
    run_id      INTEGER NOT NULL REFERENCES run (id),
    url         TEXT NOT NULL,
    role        TEXT NOT NULL,
    depth       INTEGER NOT NULL,
    state       TEXT NOT NULL,
    reason      TEXT,
    attempts    INTEGER NOT NULL DEFAULT 0,
    due_at      TEXT NOT NULL,
    lease_until TEXT,
    capture_id  INTEGER REFERENCES capture (id),
    UNIQUE (run_id, url)
);
CREATE INDEX frontier_due ON frontier (run_id, state, due_at, id);

-- id: first 20 hexadecimal digits of SHA-256 over key (DESIGN section 5, Identity).
CREATE TABLE listing (
    id         TEXT PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    platform   TEXT,
    item_id    TEXT,
    url        TEXT,
    kind       TEXT NOT NULL,
    source_id  TEXT NOT NULL,
    version    INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL
) WITHOUT ROWID;

-- A changed title, text or price makes a new version. body: the listing as observed, in the contract's JSON.
-- is_excerpt: 1 while only list pages have shown it; source_id: the source that saw it so.
CREATE TABLE listing_version (
    listing_id TEXT NOT NULL REFERENCES listing (id),
    version    INTEGER NOT NULL,
    content    TEXT NOT NULL,
    title      TEXT,
    text       TEXT,
    price      REAL,
    seller     TEXT,
    location   TEXT,
    body       TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    is_excerpt INTEGER NOT NULL,
    source_id  TEXT NOT NULL,
    PRIMARY KEY (listing_id, version)
) WITHOUT ROWID;

-- origin: "capture" for a crawled page, "import:SOURCE" for a file. Seeing the same again from the same origin on the same day of observation is one sighting.
CREATE TABLE sighting (
    id         INTEGER PRIMARY KEY,
    listing_id TEXT NOT NULL REFERENCES listing (id),
    version    INTEGER NOT NULL,
    origin     TEXT NOT NULL,
    observed   TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    capture_id INTEGER REFERENCES capture (id),
    run_id     INTEGER REFERENCES run (id),
    UNIQUE (listing_id, version, origin, observed)
);
CREATE INDEX sighting_by_run ON sighting (run_id, listing_id);

-- One row per listing: the assessment of its current version under the rules in force when it was made. body: the contract's JSON.
CREATE TABLE assessment (
    listing_id    TEXT PRIMARY KEY REFERENCES listing (id),
    version       INTEGER NOT NULL,
    decision      TEXT NOT NULL,
    risk          REAL NOT NULL,
    law_day       TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    model_version TEXT,
    body          TEXT NOT NULL,
    assessed_at   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX assessment_by_risk ON assessment (decision, risk DESC, listing_id);

-- For filters and counts: what assessment.body says.
CREATE TABLE finding (
    listing_id TEXT NOT NULL REFERENCES listing (id),
    type       TEXT NOT NULL,
    score      REAL NOT NULL,
    rule       TEXT,
    PRIMARY KEY (listing_id, type)
) WITHOUT ROWID;
CREATE INDEX finding_by_type ON finding (type, listing_id);

CREATE TABLE listing_item (
    listing_id TEXT NOT NULL REFERENCES listing (id),
    item       TEXT NOT NULL,
    PRIMARY KEY (listing_id, item)
) WITHOUT ROWID;
CREATE INDEX listing_item_by_item ON listing_item (item, listing_id);

-- A listing whose decision is not clear has one. seen_types: JSON array of the types that the officer saw when deciding.
-- revision rises with every change of state, so that a decision taken on an old view is refused.
CREATE TABLE lead (
    listing_id TEXT PRIMARY KEY REFERENCES listing (id),
    state      TEXT NOT NULL,
    reason     TEXT,
    decided_by TEXT,
    decided_at TEXT,
    seen_types TEXT NOT NULL DEFAULT '[]',
    opened_at  TEXT NOT NULL,
    revision   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX lead_by_state ON lead (state, listing_id);

-- Nothing here is ever changed or deleted. action: open, confirm, reject, undo, reopen.
CREATE TABLE lead_event (
    id         INTEGER PRIMARY KEY,
    listing_id TEXT NOT NULL REFERENCES listing (id),
    at         TEXT NOT NULL,
    actor      TEXT NOT NULL,
    action     TEXT NOT NULL,
    from_state TEXT,
    to_state   TEXT NOT NULL,
    reason     TEXT,
    types      TEXT NOT NULL,
    version    INTEGER NOT NULL
);
CREATE INDEX lead_event_by_listing ON lead_event (listing_id, id);
