-- A crawl files twenty listings a page, and each index whose order is not the order of filing costs a page of the file a listing. So what only lists of
-- leads read is kept for leads alone, a run's sightings lie in the order in which they came, and what is pending is a log.

-- is_lead: 1 where the listing has a lead; of a listing's versions the one that its lead shows, and those it showed before.
ALTER TABLE assessment ADD COLUMN is_lead INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listing_version ADD COLUMN is_lead INTEGER NOT NULL DEFAULT 0;
UPDATE assessment SET is_lead = 1 WHERE listing_id IN (SELECT listing_id FROM lead);
UPDATE listing_version SET is_lead = 1
WHERE listing_id IN (SELECT listing_id FROM lead) AND version = (SELECT listing.version FROM listing WHERE listing.id = listing_id);

DROP INDEX assessment_by_risk;
DROP INDEX assessment_in_brief;
CREATE INDEX assessment_in_brief ON assessment (listing_id, decision, risk, uncertainty) WHERE is_lead = 1;
DROP INDEX listing_version_in_brief;
CREATE INDEX listing_version_in_brief ON listing_version (listing_id, version, title, price, seller) WHERE is_lead = 1;
DROP INDEX listing_version_by_seller;
CREATE INDEX listing_version_by_seller ON listing_version (seller, listing_id) WHERE is_lead = 1;
DROP INDEX sighting_by_run;
CREATE INDEX sighting_by_run ON sighting (run_id);

-- Listings whose operator is to be worked out anew, in the order in which they changed; one may stand here several times.
CREATE TABLE operator_waiting (
    id         INTEGER PRIMARY KEY,
    listing_id TEXT NOT NULL REFERENCES listing (id)
);
INSERT INTO operator_waiting (listing_id) SELECT listing_id FROM operator_pending ORDER BY listing_id;
DROP TABLE operator_pending;
ALTER TABLE operator_waiting RENAME TO operator_pending;
