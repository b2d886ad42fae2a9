import type { Database } from './database.ts';

const INBOX_KEPT_MS = 30 * 86_400_000;

/**
 * Lets go of what is only kept for a time: traces past their day, superseded passages that nothing points at, and the
 * memory of events that nobody delivers again after so long. Which passages an answer rests on is kept as long as its
 * words are: who deletes a message deletes those too.
 * @param now milliseconds since 1970
 */
export type Upkeep = (now: number) => { readonly traces: number; readonly passages: number };

export function createUpkeep(db: Database): Upkeep {
  return (now) =>
    db.transaction(() => {
      const { changes: traces } = db.run('DELETE FROM traces WHERE kept_until_ms < ?', now);
      const { changes: passages } = db.run(
        'DELETE FROM passages WHERE live = 0 AND id NOT IN (SELECT passage_id FROM trace_passages)',
      );
      db.run('DELETE FROM documents WHERE id NOT IN (SELECT document_id FROM passages)');
      db.run("DELETE FROM inbox WHERE state <> 'waiting' AND done_ms < ?", now - INBOX_KEPT_MS);
      return { traces, passages };
    });
}
