-- Whether the member's own page is gone, so that what a new listing may stand for again is found without looking through a large group.
ALTER TABLE operator_member ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0;
UPDATE operator_member SET is_gone = coalesce((SELECT gone_at >= last_seen FROM listing WHERE id = listing_id), 0);
CREATE INDEX operator_member_gone ON operator_member (operator_id, listing_id) WHERE is_gone = 1;
