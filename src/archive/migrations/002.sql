-- Format 2. The text of a page that stands in no article has a slot of the index to itself, so that searches find it.
-- `loose_text` says whether the pages of format 1 were looked through.

ALTER TABLE pages ADD COLUMN loose_slot INTEGER;
CREATE INDEX pages_with_loose_text ON pages (import_id, loose_slot) WHERE loose_slot IS NOT NULL;
INSERT INTO meta SELECT 'loose_text', NOT EXISTS (SELECT 1 FROM pages);
