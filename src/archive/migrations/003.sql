-- Format 3: repairs of whole pages. Never edited once released.

-- What a person put right, by the page's content: it is applied whenever a page of that content is stored. `op` is JSON
-- (model/repair.rs). Repairs of one `action` are taken back together. `undone` is NULL while a repair stands, a rising
-- number where it was taken back and can be done again, 0 where something else has been done since. `trouble` says why
-- a repair that stands could not be applied.
CREATE TABLE repairs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    op TEXT NOT NULL,
    made_at TEXT NOT NULL,
    undone INTEGER,
    trouble TEXT
);
CREATE INDEX repairs_by_page ON repairs (content_hash, id);

-- The engine's page (JSON, packed like a text) while repairs stand over it.
CREATE TABLE originals (
    page_id INTEGER PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
    page BLOB NOT NULL
);

-- Articles that a repair took away, with what the user had added to them: they come back under their number.
CREATE TABLE absent (
    id INTEGER PRIMARY KEY,
    content_hash BLOB NOT NULL,
    spans TEXT NOT NULL,
    added TEXT NOT NULL
);

-- The repairs that touch an article, as a JSON list; NULL for none. `original` is no longer written.
ALTER TABLE articles ADD COLUMN repairs TEXT;
