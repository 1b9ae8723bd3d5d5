-- page: the canonical address of the listing's own page. gone_at: when that page was found gone; counts while it is not before last_seen.
-- relist_of: the listing that this one stands for again.
ALTER TABLE listing ADD COLUMN page TEXT;
ALTER TABLE listing ADD COLUMN gone_at TEXT;
ALTER TABLE listing ADD COLUMN relist_of TEXT REFERENCES listing (id);
UPDATE listing SET page = url;
CREATE INDEX listing_by_page ON listing (page) WHERE page IS NOT NULL;
CREATE INDEX listing_relisted ON listing (relist_of) WHERE relist_of IS NOT NULL;

-- Listings whose operator is to be worked out anew: written with what changed, taken away with what came of it.
CREATE TABLE operator_pending (
    listing_id TEXT PRIMARY KEY REFERENCES listing (id)
) WITHOUT ROWID;
INSERT INTO operator_pending SELECT id FROM listing;

-- What says who is behind a listing. kind: phone, wechat, qq, group, link, seller, name, or wording (its digest).
-- seller: who offers there, as far as that is known; a mark that many sellers have says nothing about any of them.
CREATE TABLE operator_mark (
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    seller     TEXT NOT NULL,
    listing_id TEXT NOT NULL REFERENCES listing (id),
    PRIMARY KEY (kind, value, seller, listing_id)
) WITHOUT ROWID;
CREATE INDEX operator_mark_by_listing ON operator_mark (listing_id);

-- The words of a wording, and the bands under which near ones are looked for (classifier/Likeness).
CREATE TABLE wording (
    id     INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    words  BLOB NOT NULL
);
CREATE TABLE wording_band (
    band       INTEGER NOT NULL,
    wording_id INTEGER NOT NULL REFERENCES wording (id),
    PRIMARY KEY (band, wording_id)
) WITHOUT ROWID;
CREATE INDEX wording_band_by_wording ON wording_band (wording_id);

-- Near wordings, each pair both ways.
CREATE TABLE wording_pair (
    digest   TEXT NOT NULL,
    other    TEXT NOT NULL,
    likeness REAL NOT NULL,
    PRIMARY KEY (digest, other)
) WITHOUT ROWID;

-- Listings with somebody else's beside them; operator_id: the least id of the group.
CREATE TABLE operator_member (
    listing_id  TEXT PRIMARY KEY REFERENCES listing (id),
    operator_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX operator_member_by_operator ON operator_member (operator_id, listing_id);
