-- A crawl files twenty listings a page, and each index whose order is not the order of filing costs a page of the file a listing. So what only lists of
-- leads read is kept for leads alone, a run's sightings lie in the order in which they came, and what is pending is a log.

-- Rows with bodies lie in the order of filing too: without a rowid SQLite keeps whole rows in the inner pages of the tree, which then is deep and thin.
-- is_lead: 1 where the listing has a lead; of a listing's versions the one that its lead shows, and those it showed before.
CREATE TABLE listing_version_in_order (
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
    is_lead    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (listing_id, version)
);
INSERT INTO listing_version_in_order
SELECT listing_id, version, content, title, text, price, seller, location, body, seen_at, is_excerpt, source_id,
       EXISTS (SELECT 1 FROM lead JOIN listing ON listing.id = lead.listing_id
               WHERE lead.listing_id = listing_version.listing_id AND listing.version = listing_version.version)
FROM listing_version ORDER BY seen_at;
DROP TABLE listing_version;
ALTER TABLE listing_version_in_order RENAME TO listing_version;
CREATE INDEX listing_version_in_brief ON listing_version (listing_id, version, title, price, seller) WHERE is_lead = 1;
CREATE INDEX listing_version_by_seller ON listing_version (seller, listing_id) WHERE is_lead = 1;

CREATE TABLE assessment_in_order (
    listing_id    TEXT NOT NULL PRIMARY KEY REFERENCES listing (id),
    version       INTEGER NOT NULL,
    decision      TEXT NOT NULL,
    risk          REAL NOT NULL,
    law_day       TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    model_version TEXT,
    body          TEXT NOT NULL,
    assessed_at   TEXT NOT NULL,
    uncertainty   REAL,
    is_lead       INTEGER NOT NULL DEFAULT 0
);
INSERT INTO assessment_in_order
SELECT listing_id, version, decision, risk, law_day, rules_version, model_version, body, assessed_at, uncertainty,
       EXISTS (SELECT 1 FROM lead WHERE lead.listing_id = assessment.listing_id)
FROM assessment ORDER BY assessed_at;
DROP TABLE assessment;
ALTER TABLE assessment_in_order RENAME TO assessment;
CREATE INDEX assessment_in_brief ON assessment (listing_id, decision, risk, uncertainty) WHERE is_lead = 1;

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

-- How the pages of a run ended that are no longer in its frontier; unchanged: those of them that had not changed (304).
CREATE TABLE run_pages (
    run_id    INTEGER NOT NULL REFERENCES run (id),
    state     TEXT NOT NULL,
    pages     INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    PRIMARY KEY (run_id, state)
) WITHOUT ROWID;
