-- How near the assessment's decision was to falling otherwise, 0 to 1 (classifier/Uncertainty.cs); null without findings, or where it was made before this column: replay fills it.
ALTER TABLE assessment ADD COLUMN uncertainty REAL;

DROP INDEX assessment_in_brief;
CREATE INDEX assessment_in_brief ON assessment (listing_id, decision, risk, uncertainty);
