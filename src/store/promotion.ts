import type { Database } from './database.ts';

/**
 * Gives every audience of at least `rows` passages a collection of its own; its vectors are wanted there. A filter that
 * lets most rows of the pooled collection through would be dear.
 */
export type Promote = (rows: number) => Promise<void>;

export function createPromote(db: Database): Promote {
  return async (rows) => {
    db.transaction(() => {
      const large = db.all<{ id: number }>(
        `SELECT a.id FROM audiences a JOIN sources s ON s.audience_id = a.id JOIN documents d ON d.source_id = s.id
           JOIN passages p ON p.document_id = d.id AND p.live = 1
           WHERE a.key <> '' AND a.promoted = 0 GROUP BY a.id HAVING count(*) >= ?`,
        rows,
      );
      for (const { id } of large) {
        db.run('UPDATE audiences SET promoted = 1 WHERE id = ?', id);
        db.run(
          `UPDATE vectors SET state = 0 WHERE state = 1 AND passage_id IN (
               SELECT p.id FROM sources s JOIN documents d ON d.source_id = s.id JOIN passages p ON p.document_id = d.id AND p.live = 1
               WHERE s.audience_id = ?)`,
          id,
        );
      }
    });
  };
}
