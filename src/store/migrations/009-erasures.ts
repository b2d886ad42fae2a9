import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * How often anybody's words, votes or rights were taken back: whoever reads for longer than a moment (an export) sees by
 * it that what was read may not be used any more. The triggers see every way in which that happens.
 */
const COUNTED = 'BEGIN UPDATE erasures SET count = count + 1; END';
const STATEMENTS: readonly string[] = [
  'CREATE TABLE erasures (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), count INTEGER NOT NULL) STRICT',
  'INSERT INTO erasures VALUES (1, 0)',
  `CREATE TRIGGER answer_erased AFTER UPDATE OF text, erased ON answers ${COUNTED}`,
  `CREATE TRIGGER question_erased AFTER UPDATE OF text ON questions ${COUNTED}`,
  `CREATE TRIGGER feedback_erased AFTER UPDATE OF text, voter ON feedback_events ${COUNTED}`,
  `CREATE TRIGGER opted_out AFTER INSERT ON opt_outs ${COUNTED}`,
  `CREATE TRIGGER opted_out_more AFTER UPDATE ON opt_outs ${COUNTED}`,
  `CREATE TRIGGER answer_gone AFTER DELETE ON answers ${COUNTED}`,
  // Passages come and go with every edit; these were shown to somebody.
  `CREATE TRIGGER served_passage_gone AFTER DELETE ON passages
   WHEN EXISTS (SELECT 1 FROM served_passages WHERE passage_id = old.id) ${COUNTED}`,
  `CREATE TRIGGER source_moved AFTER UPDATE OF audience_id ON sources WHEN new.audience_id <> old.audience_id ${COUNTED}`,
];

export const erasures: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
