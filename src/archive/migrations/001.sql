-- Format 1. Never edited once released.

CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value
) WITHOUT ROWID;

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    pages INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    problems INTEGER NOT NULL DEFAULT 0,
    is_cancelled INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0
);

-- One row for each file of an import's report, as JSON.
CREATE TABLE files (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    is_problem INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (import_id, position)
) WITHOUT ROWID;

-- `text` is the whole original text (see record.rs for its packing), `facts` is JSON: hints, date evidence, furniture,
-- warnings. Dates are ISO texts.
CREATE TABLE pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    content_hash BLOB NOT NULL UNIQUE,
    path TEXT NOT NULL,
    member TEXT,
    part INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    newspaper TEXT,
    page_label TEXT,
    date TEXT,
    engine_version INTEGER NOT NULL,
    facts TEXT NOT NULL,
    text_bytes INTEGER NOT NULL,
    text BLOB NOT NULL
);
CREATE INDEX pages_by_import ON pages (import_id);

-- `record` is the article as it is shown; `original` is the engine's article while edits stand over it, else NULL.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    title TEXT NOT NULL,
    record BLOB NOT NULL,
    original BLOB
);
CREATE INDEX articles_by_page ON articles (page_id, position);

-- Names that filters list (facet numbers: attributes.rs).
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    facet INTEGER NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (facet, name)
);

-- What filters and orders look at, by slot, in chunks of fixed size (attributes.rs).
CREATE TABLE attributes (
    chunk INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    data BLOB NOT NULL
);

-- The text index (index/): immutable segments over ascending, disjoint slot ranges, cut into leaves.
CREATE TABLE segments (
    id INTEGER PRIMARY KEY,
    first_slot INTEGER NOT NULL,
    end_slot INTEGER NOT NULL,
    directory BLOB NOT NULL
);
CREATE TABLE leaves (
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

-- What the user adds.
CREATE TABLE marks (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    is_read INTEGER NOT NULL DEFAULT 0,
    is_flagged INTEGER NOT NULL DEFAULT 0,
    read_position REAL NOT NULL DEFAULT 0
);
CREATE TABLE basket (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    added_at TEXT NOT NULL
);
CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    colour INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX article_tags_by_tag ON article_tags (tag_id);
CREATE TABLE notes (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
CREATE TABLE saved_searches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE history (
    query TEXT PRIMARY KEY NOT NULL,
    used_at TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

-- Repairs: a layer over the untouched original. `op` is JSON (edits.rs).
CREATE TABLE edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    op TEXT NOT NULL,
    made_at TEXT NOT NULL,
    is_undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX edits_by_article ON edits (article_id);

INSERT INTO meta VALUES ('generation', 0), ('next_slot', 0), ('index_format', 1);
