-- One row per listing with an assessment: what the index has yet to hear. number rises with every change of what the index document says, in the same transaction
-- as the change; sent: the number that the index in use holds, 0 for none; a row waits while that is less. changed_at: since when it waits.
-- reason: why the index refused the document of this number; kept until it is sent again.
CREATE TABLE outbox (
    listing_id TEXT PRIMARY KEY REFERENCES listing (id),
    number     INTEGER NOT NULL,
    sent       INTEGER NOT NULL DEFAULT 0,
    changed_at TEXT NOT NULL,
    reason     TEXT
) WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (number, changed_at, listing_id) WHERE sent < number AND reason IS NULL;
CREATE INDEX outbox_rejected ON outbox (listing_id) WHERE reason IS NOT NULL;

-- The last number given. One row.
CREATE TABLE outbox_number (
    last INTEGER NOT NULL
);
INSERT INTO outbox_number VALUES (0);
INSERT INTO outbox (listing_id, number, changed_at)
SELECT listing_id, row_number() OVER (ORDER BY listing_id), assessed_at FROM assessment;
UPDATE outbox_number SET last = (SELECT count(*) FROM outbox);

-- What only one program over these records does at a time: feed (sends what waits to the index), reindex. wanted_by: who waits for it, and asks the holder to let go.
CREATE TABLE index_lease (
    name         TEXT PRIMARY KEY,
    holder       TEXT NOT NULL,
    taken_at     TEXT NOT NULL,
    heartbeat_at TEXT NOT NULL,
    wanted_by    TEXT
) WITHOUT ROWID;
