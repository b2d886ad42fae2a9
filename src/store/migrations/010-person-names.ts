import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Every name that a person goes or went by, numbered as it became known: a text that was looked through before is looked
 * through for the later ones alone. They go with the person. Bots are no people.
 * What a document is called is a text of its own, whose check goes when it is called something else.
 */
const STATEMENTS: readonly string[] = [
  `CREATE TABLE person_names (
     id INTEGER PRIMARY KEY AUTOINCREMENT, space_id TEXT NOT NULL, person_id TEXT NOT NULL, name TEXT NOT NULL,
     UNIQUE (space_id, person_id, name),
     FOREIGN KEY (space_id, person_id) REFERENCES people (space_id, id) ON DELETE CASCADE) STRICT`,
  `INSERT OR IGNORE INTO person_names (space_id, person_id, name)
   SELECT space_id, id, name FROM people WHERE is_bot = 0
   UNION ALL SELECT space_id, id, handle FROM people WHERE is_bot = 0 AND handle IS NOT NULL`,
  // Whoever keeps names ready sees by it that one is gone.
  `CREATE TRIGGER person_name_gone AFTER DELETE ON person_names BEGIN
     INSERT INTO settings VALUES ('names-gone', '1') ON CONFLICT DO UPDATE SET value = CAST(value + 1 AS TEXT); END`,
  `CREATE TRIGGER document_title AFTER UPDATE OF title ON documents WHEN new.title <> old.title BEGIN
     DELETE FROM text_checks WHERE kind = 'title' AND key = CAST(old.id AS TEXT); END`,
  `CREATE TRIGGER document_title_gone AFTER DELETE ON documents BEGIN
     DELETE FROM text_checks WHERE kind = 'title' AND key = CAST(old.id AS TEXT); END`,
];

export const personNames: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
