import { DatabaseSync } from 'node:sqlite';
import type { CorpusEntry } from './readCollection.ts';

// The floor's small stop list: the most frequent words of English.
const STOP = new Set(
  'a an and are as at be but by can do does for from had has have how i if in is it its me my no not of on or so than that the their them then there these they this to was we were what when where which who why will with you your'.split(
    ' ',
  ),
);

/**
 * The floor of the measurement: SQLite's FTS5 as it comes (Porter's stemmer, bm25, an OR of the question's words), which
 * whoever has an afternoon would build. Measured in the same run, so that a ratio can be said.
 */
export function createPlainFts(corpus: readonly CorpusEntry[]): {
  search(question: string, limit: number): string[];
  close(): void;
} {
  const db = new DatabaseSync(':memory:');
  db.exec("CREATE VIRTUAL TABLE floor USING fts5(id UNINDEXED, title, body, tokenize='porter unicode61')");
  const insert = db.prepare('INSERT INTO floor VALUES (?, ?, ?)');
  db.exec('BEGIN');
  for (const { _id, title, text } of corpus) insert.run(_id, title, text);
  db.exec('COMMIT');
  const query = db.prepare('SELECT id FROM floor WHERE floor MATCH ? ORDER BY bm25(floor) LIMIT ?');
  return {
    search(question, limit) {
      const words = (question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !STOP.has(word));
      if (words.length === 0) return [];
      const match = [...new Set(words)].map((word) => `"${word}"`).join(' OR ');
      return (query.all(match, limit) as { id: string }[]).map(({ id }) => id);
    },
    close: () => db.close(),
  };
}
