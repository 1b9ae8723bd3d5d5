-- A wording's 32 bands follow from its words, so that nobody asks for them by wording; with that index, and a check of the wording for each, a new wording
-- changed twice as many pages of the file.
CREATE TABLE wording_by_band (
    band       INTEGER NOT NULL,
    wording_id INTEGER NOT NULL,
    PRIMARY KEY (band, wording_id)
) WITHOUT ROWID;
INSERT INTO wording_by_band SELECT band, wording_id FROM wording_band ORDER BY band, wording_id;
DROP TABLE wording_band;
ALTER TABLE wording_by_band RENAME TO wording_band;
