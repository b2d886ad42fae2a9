import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** `OR IGNORE` would not do: what the statement says that fires a trigger (an upsert) takes its place. */
const queued = (row: 'NEW' | 'OLD') => `INSERT INTO link_queue SELECT ${row}.source_id, ${row}.id WHERE NOT EXISTS (
  SELECT 1 FROM link_queue WHERE source_id = ${row}.source_id AND message_id = ${row}.id);`;

/**
 * Which message links to what. The triggers see every way in which messages come, change and go; what a text links to is
 * read later, from the queue.
 */
const STATEMENTS: readonly string[] = [
  `CREATE TABLE link_queue (
     source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, message_id TEXT NOT NULL,
     PRIMARY KEY (source_id, message_id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE message_links (
     source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, message_id TEXT NOT NULL, url TEXT NOT NULL,
     PRIMARY KEY (source_id, message_id, url)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX message_links_by_url ON message_links (url, source_id)',
  `CREATE TABLE linked_pages (
     space_id TEXT NOT NULL REFERENCES spaces ON DELETE CASCADE, url TEXT NOT NULL, due_ms INTEGER NOT NULL,
     PRIMARY KEY (space_id, url)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX linked_pages_due ON linked_pages (space_id, due_ms)',
  `CREATE TABLE page_links (
     space_id TEXT NOT NULL REFERENCES spaces ON DELETE CASCADE, url TEXT NOT NULL, to_url TEXT NOT NULL,
     PRIMARY KEY (space_id, url, to_url)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX page_links_back ON page_links (space_id, to_url)',
  // As it was when the pages of its links were given their places.
  `CREATE TABLE linking_channels (
     source_id INTEGER PRIMARY KEY REFERENCES sources ON DELETE CASCADE, audience_id INTEGER NOT NULL) STRICT`,
  `CREATE TRIGGER messages_link AFTER INSERT ON messages WHEN NEW.text LIKE '%http%' BEGIN
     ${queued('NEW')} END`,
  `CREATE TRIGGER messages_relink AFTER UPDATE OF text ON messages
   WHEN NEW.text IS NOT OLD.text AND (NEW.text LIKE '%http%' OR OLD.text LIKE '%http%') BEGIN
     ${queued('NEW')} END`,
  // A source that goes takes its rows along.
  `CREATE TRIGGER messages_unlink AFTER DELETE ON messages
   WHEN OLD.text LIKE '%http%' AND EXISTS (SELECT 1 FROM sources WHERE id = OLD.source_id) BEGIN
     ${queued('OLD')} END`,
  // Its copies go with it: others who link to the same may need one of their own.
  `CREATE TRIGGER sources_unlink BEFORE DELETE ON sources BEGIN
     UPDATE linked_pages SET due_ms = 0 WHERE space_id = OLD.space_id
       AND url IN (SELECT url FROM message_links WHERE source_id = OLD.id); END`,
  `INSERT OR IGNORE INTO link_queue SELECT source_id, id FROM messages WHERE text LIKE '%http%'`,
];

export const syncLinks: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
