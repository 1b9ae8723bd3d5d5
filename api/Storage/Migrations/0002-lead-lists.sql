-- What lists of leads filter and sort by, without the long bodies: a list of 100,000 leads reads these, not the tables themselves.

CREATE INDEX assessment_in_brief ON assessment (listing_id, decision, risk);
CREATE INDEX listing_version_in_brief ON listing_version (listing_id, version, title, price, seller);
