-- Listings and what the index has yet to hear lie in the order of filing behind thin indexes, as versions and assessments do: a crawl wrote a page of the file
-- for nearly each whole row among others by the digits of its id. id is a digest of key, so that keys need no index of their own.
CREATE TABLE listing_in_order (
    id         TEXT NOT NULL PRIMARY KEY,
    key        TEXT NOT NULL,
    platform   TEXT,
    item_id    TEXT,
    url        TEXT,
    kind       TEXT NOT NULL,
    source_id  TEXT NOT NULL,
    version    INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL,
    page       TEXT,
    gone_at    TEXT,
    relist_of  TEXT REFERENCES listing (id)
);
INSERT INTO listing_in_order
SELECT id, key, platform, item_id, url, kind, source_id, version, first_seen, last_seen, page, gone_at, relist_of FROM listing ORDER BY first_seen;
DROP TABLE listing;
ALTER TABLE listing_in_order RENAME TO listing;
CREATE INDEX listing_by_page ON listing (page) WHERE page IS NOT NULL;
CREATE INDEX listing_relisted ON listing (relist_of) WHERE relist_of IS NOT NULL;

CREATE TABLE outbox_in_order (
    listing_id TEXT NOT NULL PRIMARY KEY REFERENCES listing (id),
    number     INTEGER NOT NULL,
    sent       INTEGER NOT NULL DEFAULT 0,
    changed_at TEXT NOT NULL,
    reason     TEXT
);
INSERT INTO outbox_in_order SELECT listing_id, number, sent, changed_at, reason FROM outbox ORDER BY number;
DROP TABLE outbox;
ALTER TABLE outbox_in_order RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (number, changed_at, listing_id) WHERE sent < number AND reason IS NULL;
CREATE INDEX outbox_rejected ON outbox (listing_id) WHERE reason IS NOT NULL;
