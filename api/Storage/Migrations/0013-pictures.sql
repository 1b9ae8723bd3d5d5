-- Pictures of listings whose decision is not clear. url: as the listing names it, an address or, in an import, a path beside the imported file.
-- state: wanted (noted by an import, not looked at yet), done, plain (says too little to tell it from others), unreadable, gone, declined or failed.
-- print: what tells near pictures (classifier/Likeness/PicturePrint.cs); null unless done. run_id: the run that asked last; null for imports.
CREATE TABLE listing_picture (
    listing_id TEXT NOT NULL REFERENCES listing (id),
    url        TEXT NOT NULL,
    source_id  TEXT NOT NULL,
    state      TEXT NOT NULL,
    reason     TEXT,
    attempts   INTEGER NOT NULL,
    capture_id INTEGER REFERENCES capture (id),
    run_id     INTEGER REFERENCES run (id),
    print      BLOB,
    PRIMARY KEY (listing_id, url)
) WITHOUT ROWID;
CREATE INDEX listing_picture_by_url ON listing_picture (url);
CREATE INDEX listing_picture_by_run ON listing_picture (run_id);
CREATE INDEX listing_picture_wanted ON listing_picture (source_id) WHERE state = 'wanted';

-- Prints that are marks of listings, the rows of signs under which near ones are looked for, and near pairs both ways.
CREATE TABLE picture (
    id     INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    print  BLOB NOT NULL
);
CREATE TABLE picture_key (
    key        INTEGER NOT NULL,
    picture_id INTEGER NOT NULL REFERENCES picture (id),
    PRIMARY KEY (key, picture_id)
) WITHOUT ROWID;
CREATE INDEX picture_key_by_picture ON picture_key (picture_id);
CREATE TABLE picture_pair (
    digest   TEXT NOT NULL,
    other    TEXT NOT NULL,
    likeness REAL NOT NULL,
    PRIMARY KEY (digest, other)
) WITHOUT ROWID;
