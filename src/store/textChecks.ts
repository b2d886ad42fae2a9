import type { Database } from './database.ts';
import type { CheckOfText } from './feedbackEvents.ts';

export type CheckedKind = 'question' | 'answer' | 'correction' | 'comment' | 'passage' | 'imported';

export interface TextToCheck {
  readonly kind: CheckedKind;
  /** The question's, answer's, event's or passage's id; the number of a passage's text that was imported. */
  readonly key: string;
  readonly text: string;
  /** Whose people may be named in it. */
  readonly spaceId?: string;
}

/**
 * What each text was found to hold, looked for once: places and kinds, never words. It goes when the words go.
 */
export interface TextChecks {
  /** The texts around an answer that were not looked at by this version of the checks. */
  owed(answerId: string, version: number): TextToCheck[];
  put(checks: readonly (CheckOfText & Pick<TextToCheck, 'kind' | 'key'>)[]): void;
  /** People of a space, as they may be called in a text. */
  people(spaceId: string): { id: string; name: string; handle: string | null }[];
}

/** Every text that stands around an answer; `?1` its id. */
const TEXTS = `
  SELECT 'question' AS kind, q.id AS key, q.text, q.space_id AS spaceId FROM answers a JOIN questions q ON q.id = a.question_id WHERE a.id = ?1
  UNION ALL SELECT 'answer', a.id, a.text, q.space_id FROM answers a JOIN questions q ON q.id = a.question_id WHERE a.id = ?1
  UNION ALL SELECT e.kind, CAST(e.id AS TEXT), e.text, q.space_id FROM feedback_present p
    JOIN feedback_events e ON e.id IN (p.correction_id, p.comment_id) JOIN answers a ON a.id = p.answer_id
    JOIN questions q ON q.id = a.question_id WHERE p.answer_id = ?1 AND e.text IS NOT NULL
  UNION ALL SELECT 'passage', CAST(p.id AS TEXT), p.text, s.space_id FROM served_passages sp JOIN passages p ON p.id = sp.passage_id
    JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id WHERE sp.answer_id = ?1
  UNION ALL SELECT 'imported', CAST(t.id AS TEXT), t.text, NULL FROM imported_passages i
    JOIN imported_texts t ON t.id = i.text_id WHERE i.answer_id = ?1`;

const UNCHECKED = `NOT EXISTS (SELECT 1 FROM text_checks c WHERE c.kind = t.kind AND c.key = t.key AND c.version = ?2)`;

export function createTextChecks(db: Database): TextChecks {
  return {
    owed: (answerId, version) =>
      db
        .all<{ kind: CheckedKind; key: string; text: string; spaceId: string | null }>(
          `SELECT t.* FROM (${TEXTS}) t WHERE t.text <> '' AND ${UNCHECKED}`,
          answerId,
          version,
        )
        .map(({ spaceId, ...text }) => ({ ...text, ...(spaceId === null ? {} : { spaceId }) })),
    put(checks) {
      db.transaction(() => {
        for (const { kind, key, version, tokens, findings } of checks) {
          db.run('INSERT OR REPLACE INTO text_checks VALUES (?, ?, ?, ?, ?)', kind, key, version, tokens, findings);
        }
      });
    },
    people: (spaceId) => db.all('SELECT id, name, handle FROM people WHERE space_id = ? ORDER BY id', spaceId),
  };
}
