import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { shortHash } from '../../base/hash.ts';

/**
 * A passage that came with imported votes stands once, however many answers rest on it: files of votes repeat the same
 * passages for every answer to a question. By its number two answers are known to rest on the same.
 */
const TABLES: readonly string[] = [
  `CREATE TABLE imported_texts (
     id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, text TEXT NOT NULL) STRICT`,
  'ALTER TABLE imported_passages RENAME TO imported_passages_before',
  `CREATE TABLE imported_passages (
     answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, n INTEGER NOT NULL,
     text_id INTEGER NOT NULL REFERENCES imported_texts, url TEXT, PRIMARY KEY (answer_id, n)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX imported_passages_by_text ON imported_passages (text_id)',
];

/** What was found in a text goes with the last answer that rests on it, as the text does. */
const AFTERWARDS: readonly string[] = [
  'DROP TABLE imported_passages_before',
  `CREATE TRIGGER imported_passage_gone AFTER DELETE ON imported_passages
   WHEN NOT EXISTS (SELECT 1 FROM imported_passages WHERE text_id = old.text_id) BEGIN
     DELETE FROM imported_texts WHERE id = old.text_id;
     DELETE FROM text_checks WHERE kind = 'imported' AND key = CAST(old.text_id AS TEXT); END`,
];

interface Before {
  readonly answer_id: string;
  readonly n: number;
  readonly text: string;
  readonly url: string | null;
}

const AT_ONCE = 500;

export const importedTexts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of TABLES) await sql.raw(statement).execute(db);
    for (let last: Before | undefined; ; ) {
      const { rows }: { rows: Before[] } = await sql<Before>`
        SELECT * FROM imported_passages_before WHERE (answer_id, n) > (${last?.answer_id ?? ''}, ${last?.n ?? 0})
        ORDER BY answer_id, n LIMIT ${AT_ONCE}`.execute(db);
      for (const row of rows) await move(db, row);
      last = rows.at(-1);
      if (!last) break;
    }
    for (const statement of AFTERWARDS) await sql.raw(statement).execute(db);
  },
};

async function move(db: Kysely<unknown>, { answer_id, n, text, url }: Before): Promise<void> {
  const hash = shortHash(text);
  await sql`INSERT INTO imported_texts (hash, text) VALUES (${hash}, ${text}) ON CONFLICT DO NOTHING`.execute(db);
  await sql`INSERT INTO imported_passages SELECT ${answer_id}, ${n}, id, ${url} FROM imported_texts WHERE hash = ${hash}`.execute(
    db,
  );
  // The same text was found to hold the same.
  await sql`UPDATE OR REPLACE text_checks SET key = (SELECT CAST(id AS TEXT) FROM imported_texts WHERE hash = ${hash})
    WHERE kind = 'imported' AND key = ${`${answer_id} ${n}`}`.execute(db);
}
