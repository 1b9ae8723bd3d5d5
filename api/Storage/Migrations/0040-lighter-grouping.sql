-- A wording's 32 bands follow from its words, so that nobody asks for them by wording. And what grouping writes follows from the listings and is written by it
-- alone: checking for each row that its listing or wording is there costs a look into another table and protects nothing.
CREATE TABLE wording_by_band (
    band       INTEGER NOT NULL,
    wording_id INTEGER NOT NULL,
    PRIMARY KEY (band, wording_id)
) WITHOUT ROWID;
INSERT INTO wording_by_band SELECT band, wording_id FROM wording_band ORDER BY band, wording_id;
DROP TABLE wording_band;
ALTER TABLE wording_by_band RENAME TO wording_band;

CREATE TABLE operator_mark_unchecked (
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    seller     TEXT NOT NULL,
    listing_id TEXT NOT NULL,
    PRIMARY KEY (kind, value, seller, listing_id)
) WITHOUT ROWID;
INSERT INTO operator_mark_unchecked SELECT kind, value, seller, listing_id FROM operator_mark ORDER BY kind, value, seller, listing_id;
DROP TABLE operator_mark;
ALTER TABLE operator_mark_unchecked RENAME TO operator_mark;
CREATE INDEX operator_mark_by_listing ON operator_mark (listing_id);

CREATE TABLE operator_member_unchecked (
    listing_id  TEXT PRIMARY KEY,
    operator_id TEXT NOT NULL,
    is_gone     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
INSERT INTO operator_member_unchecked SELECT listing_id, operator_id, is_gone FROM operator_member ORDER BY listing_id;
DROP TABLE operator_member;
ALTER TABLE operator_member_unchecked RENAME TO operator_member;
CREATE INDEX operator_member_by_operator ON operator_member (operator_id, listing_id);
CREATE INDEX operator_member_gone ON operator_member (operator_id, listing_id) WHERE is_gone = 1;
