import { DatabaseSync } from 'node:sqlite';
import type { ExactIndex } from '../knowledge/ingest/openTestKnowledge.ts';

interface IndexRow {
  readonly id: number;
  readonly source: string;
  readonly document: string;
  readonly key: string;
  readonly text: string;
  readonly url: string;
  readonly title: string;
  readonly confirmations: number;
  readonly words: number;
}

/** Everything that can be found, passage by passage, in an order that does not depend on how it came about. */
export function readIndex({
  opened,
  index,
}: {
  readonly opened: { readonly file: string };
  readonly index: ExactIndex;
}) {
  const db = new DatabaseSync(opened.file, { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT p.id, s.space_id || '/' || s.key AS source, d.key AS document, p.key, p.text, p.url, p.title_path AS titlePath,
           p.person_ids AS people, d.title, d.confirmations, d.contradictions,
           (SELECT count(*) FROM words w WHERE w.rowid = p.id) AS words
         FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
         WHERE p.live = 1 ORDER BY source, document, p.ordinal, p.key`,
      )
      .all() as unknown as IndexRow[];
    const messages = db
      .prepare(
        `SELECT s.key AS channel, m.id, m.person_id, m.thread_id, m.text, m.files, m.confirmations, m.contradictions,
           m.permalink, m.antecedent_id, m.root_id, m.linked FROM messages m JOIN sources s ON s.id = m.source_id
         ORDER BY 1, 2`,
      )
      .all()
      .map((row) => ({ ...row }));
    const placed = [...index.rows.values()].flatMap((held) => [...held.keys()]);
    return {
      messages,
      passages: rows.map(({ id: _, ...rest }) => ({ ...rest })),
      texts: rows.map(({ text }) => text),
      /** Each live passage has one vector, and there are no others. */
      vectors: {
        placed: placed.length,
        distinct: new Set(placed).size,
        live: rows.length,
        isExact: isSame(placed, rows),
      },
    };
  } finally {
    db.close();
  }
}

function isSame(placed: readonly string[], rows: readonly { id: number }[]): boolean {
  const live = new Set(rows.map(({ id }) => String(id)));
  return placed.length === live.size && placed.every((id) => live.has(id));
}
