-- What a crawl needs beyond one run: fair queues by host, what an address answered last, budgets by day, pauses, probes.

-- host: authority of the address. priority: 0 to 3, highest first. is_unchanged: 1 where the server said that nothing changed (304).
ALTER TABLE frontier ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE frontier ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE frontier ADD COLUMN is_unchanged INTEGER NOT NULL DEFAULT 0;
DROP INDEX frontier_due;
CREATE INDEX frontier_by_state ON frontier (run_id, state);
CREATE INDEX frontier_queue ON frontier (run_id, host, priority DESC, due_at, id) WHERE state = 'queued';
CREATE INDEX frontier_due ON frontier (run_id, due_at) WHERE state = 'queued';
CREATE INDEX frontier_leased ON frontier (run_id, lease_until) WHERE state = 'leased';

-- redirects: JSON array of the addresses that pointed onwards, in order.
ALTER TABLE capture ADD COLUMN redirects TEXT NOT NULL DEFAULT '[]';

-- Answers to a rendered page's own requests for data, sealed beside it.
CREATE TABLE capture_part (
    capture_id   INTEGER NOT NULL REFERENCES capture (id),
    place        INTEGER NOT NULL,
    url          TEXT NOT NULL,
    status       INTEGER NOT NULL,
    content_type TEXT,
    digest       TEXT NOT NULL,
    length_bytes INTEGER NOT NULL,
    PRIMARY KEY (capture_id, place)
) WITHOUT ROWID;

-- What an address answered last. findings: listings on it that were not clear. The two validators go with capture_id and are null where they can't be used.
CREATE TABLE known_page (
    url           TEXT PRIMARY KEY,
    capture_id    INTEGER NOT NULL REFERENCES capture (id),
    findings      INTEGER NOT NULL,
    etag          TEXT,
    last_modified TEXT
) WITHOUT ROWID;
CREATE INDEX listing_version_by_seller ON listing_version (seller, listing_id) WHERE seller IS NOT NULL;

-- recent: the last ends of pages that were asked for, oldest first, b for blocked and o for others. The three others are null where the source is not paused.
CREATE TABLE source_state (
    source_id TEXT PRIMARY KEY,
    recent    TEXT NOT NULL DEFAULT '',
    paused_at TEXT,
    paused_by TEXT,
    reason    TEXT
) WITHOUT ROWID;

-- Requests by calendar day in Asia/Shanghai.
CREATE TABLE source_day (
    source_id TEXT NOT NULL,
    day       TEXT NOT NULL,
    asked     INTEGER NOT NULL,
    PRIMARY KEY (source_id, day)
) WITHOUT ROWID;

-- Known test leads of the source, as the run found them. expected and found: JSON arrays of types; found is null where the run did not see it.
CREATE TABLE run_probe (
    run_id   INTEGER NOT NULL REFERENCES run (id),
    place    INTEGER NOT NULL,
    probe    TEXT NOT NULL,
    expected TEXT NOT NULL,
    found    TEXT,
    PRIMARY KEY (run_id, place)
) WITHOUT ROWID;
