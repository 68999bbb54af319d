-- The manifest of a workspace: the one place that says what stands. A shard that it does not name does not exist.
-- Keys and hashes are raw bytes; times are UTC in ISO 8601; names are as shown to people.

CREATE TABLE runs (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice
    started     TEXT NOT NULL,
    finished    TEXT,                               -- NULL: still running, or killed
    fingerprint INTEGER NOT NULL REFERENCES fingerprints (number),
    version     TEXT NOT NULL,
    options     TEXT NOT NULL,                      -- JSON
    totals      TEXT NOT NULL DEFAULT '{}'          -- JSON: outcome -> number of sources
);

CREATE TABLE fingerprints (
    number INTEGER PRIMARY KEY,
    value  TEXT NOT NULL UNIQUE
);

CREATE TABLE articles (
    number      INTEGER PRIMARY KEY,
    key         BLOB NOT NULL UNIQUE,               -- sha256 of the bytes
    state       TEXT NOT NULL CHECK (state IN ('ok', 'duplicate', 'failed', 'timed out', 'withdrawn', 'waiting')), -- waiting: a duplicate that lost its original
    run         INTEGER NOT NULL REFERENCES runs (number),  -- that made this state
    fingerprint INTEGER NOT NULL REFERENCES fingerprints (number),  -- under which it was last extracted
    shard       INTEGER REFERENCES shards (number), -- where the record and the text of an `ok` article are
    start       INTEGER, length      INTEGER,       -- bytes in records/
    text_start  INTEGER, text_length INTEGER,       -- bytes in texts/
    record_hash BLOB,                               -- of the line: tells whether a new extraction changed anything
    text_hash   BLOB,                               -- of the text as read
    sketch      BLOB,                               -- see sketch.py
    facts       BLOB,
    original    INTEGER REFERENCES articles (number),  -- of a `duplicate`: the article whose record stands for it
    similarity  REAL,                               -- of a `duplicate`: to the original
    error_type  TEXT, error TEXT                    -- of the last attempt; an `ok` article with one kept its older record
);
CREATE INDEX articles_by_run ON articles (run, key);
CREATE INDEX articles_by_text ON articles (text_hash) WHERE state = 'ok';
CREATE INDEX articles_by_original ON articles (original) WHERE original IS NOT NULL;
CREATE INDEX articles_by_shard ON articles (shard) WHERE shard IS NOT NULL;
CREATE INDEX articles_troubled ON articles (state) WHERE error IS NOT NULL OR state = 'waiting';

-- Where articles were found: one row for a name and the article that it led to.
CREATE TABLE sources (
    name      TEXT NOT NULL,
    article   INTEGER NOT NULL REFERENCES articles (number),
    container TEXT NOT NULL,                        -- the file on disk: the source itself, or the archive, list or feed that holds it
    root      TEXT NOT NULL,                        -- what the user named
    signature TEXT NOT NULL,                        -- size, times and inode of the file; '' where they prove nothing
    seen      INTEGER NOT NULL REFERENCES runs (number),  -- the last run that wrote this row; whom a run meets unchanged stands in its roll (roll.py)
    PRIMARY KEY (name, article)
) WITHOUT ROWID;
CREATE INDEX sources_by_article ON sources (article);
CREATE INDEX sources_by_container ON sources (container);

CREATE INDEX sources_by_root ON sources (root);

-- Articles that lost a source since the last run that came to its end: the ones without another are withdrawn then.
CREATE TABLE loose (
    article INTEGER PRIMARY KEY REFERENCES articles (number)
);

-- Archives, lists and feeds that a run read to their end, with the signature that they had.
CREATE TABLE containers (
    path      TEXT PRIMARY KEY,
    signature TEXT NOT NULL
) WITHOUT ROWID;

-- Sources of which no article could be made at all.
CREATE TABLE unread (
    name  TEXT PRIMARY KEY,
    container TEXT NOT NULL,
    root  TEXT NOT NULL,
    run   INTEGER NOT NULL REFERENCES runs (number),
    error TEXT NOT NULL
) WITHOUT ROWID;

-- Near-duplicates: buckets of the sketches, and the pairs that were found.
CREATE TABLE bands (
    band    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (number),
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE TABLE links (
    article    INTEGER NOT NULL REFERENCES articles (number),
    other      INTEGER NOT NULL REFERENCES articles (number),
    similarity REAL NOT NULL,
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
CREATE INDEX links_by_other ON links (other);

-- When an article began and ceased to stand, and when its record changed between.
CREATE TABLE history (
    article  INTEGER NOT NULL REFERENCES articles (number),
    run      INTEGER NOT NULL REFERENCES runs (number),
    standing INTEGER NOT NULL,
    PRIMARY KEY (article, run)
) WITHOUT ROWID;

CREATE TABLE shards (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    run     INTEGER NOT NULL REFERENCES runs (number),
    records INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    text_bytes INTEGER NOT NULL
);
