-- What this store is called wherever its listings go, so that no search index mixes those of two stores. One row; a copy of the file keeps it.
CREATE TABLE store (
    id TEXT NOT NULL
);
INSERT INTO store VALUES (lower(hex(randomblob(16))));
