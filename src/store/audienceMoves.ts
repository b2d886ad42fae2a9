import type { Database } from './database.ts';

export interface MovedPassage {
  readonly id: number;
  readonly text: string;
  readonly titlePath: readonly string[];
  readonly documentTitle: string;
  readonly language: string;
  readonly personIds: readonly string[];
}

/**
 * Passages whose source changed its audience. What they may be used for changed with the source, at once; here the
 * indexes, which only suggest, are brought to the same state.
 */
export interface AudienceMoves {
  pending(limit: number): Promise<MovedPassage[]>;
  /** Files passages under their source's audience of now, with their words; their vectors move too. */
  moved(passages: readonly { id: number; titleWords: string; bodyWords: string }[]): Promise<void>;
}

export function createAudienceMoves(db: Database): AudienceMoves {
  return {
    async pending(limit) {
      if (!db.get('SELECT 1 FROM sources WHERE moving = 1 LIMIT 1')) return [];
      const rows = db.all<Omit<MovedPassage, 'titlePath' | 'personIds'> & { titlePath: string; personIds: string }>(
        `SELECT p.id, p.text, p.title_path AS titlePath, d.title AS documentTitle, p.language, p.person_ids AS personIds
         FROM sources s JOIN documents d ON d.source_id = s.id JOIN passages p ON p.document_id = d.id AND p.live = 1
         WHERE s.moving = 1 AND p.indexed_audience_id <> s.audience_id LIMIT ?`,
        limit,
      );
      if (rows.length === 0) db.run('UPDATE sources SET moving = 0 WHERE moving = 1');
      return rows.map(({ titlePath, personIds, ...rest }) => ({
        ...rest,
        titlePath: JSON.parse(titlePath) as string[],
        personIds: JSON.parse(personIds) as string[],
      }));
    },
    async moved(passages) {
      db.transaction(() => {
        for (const { id, titleWords, bodyWords } of passages) {
          const now = db.get<{ audience_id: number }>(
            `SELECT s.audience_id FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
             WHERE p.id = ? AND p.live = 1`,
            id,
          );
          if (!now) continue;
          db.run('UPDATE passages SET indexed_audience_id = ? WHERE id = ?', now.audience_id, id);
          db.run('DELETE FROM words WHERE rowid = ?', id);
          db.run(
            'INSERT INTO words (rowid, title, body, audience) VALUES (?, ?, ?, ?)',
            id,
            titleWords,
            bodyWords,
            `a${now.audience_id}`,
          );
          db.run('UPDATE vectors SET state = 0 WHERE passage_id = ? AND state = 1', id);
        }
      });
    },
  };
}
