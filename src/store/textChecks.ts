import type { Database } from './database.ts';
import type { CheckOfText } from './feedbackEvents.ts';

export type CheckedKind = 'question' | 'answer' | 'correction' | 'comment' | 'passage' | 'imported' | 'title';

export interface TextToCheck {
  readonly kind: CheckedKind;
  /** The question's, answer's, event's, passage's or document's id; the number of a passage's text that was imported. */
  readonly key: string;
  readonly text: string;
  /** Whose people may be named in it. */
  readonly spaceIds: readonly string[];
}

export interface CheckedText extends TextToCheck {
  /** JSON: places and kinds. */
  readonly findings: string;
}

/**
 * What each text was found to hold, looked for once: places and kinds, never words. It goes when the words go.
 */
export interface TextChecks {
  /** The texts around an answer that were not looked at by this version of the checks. */
  owed(answerId: string, version: number): TextToCheck[];
  put(checks: readonly (CheckOfText & Pick<TextToCheck, 'kind' | 'key'>)[]): void;
  /** Those of a kind that this version looked at, by their keys, some at a time. */
  checked(kind: CheckedKind, after: string, limit: number, version: number): CheckedText[];
  setFindings(texts: readonly Pick<CheckedText, 'kind' | 'key' | 'findings'>[]): void;
}

export const CHECKED_KINDS: readonly CheckedKind[] = [
  'question',
  'answer',
  'correction',
  'comment',
  'passage',
  'imported',
  'title',
];

/** Where an answer `a` was asked for, what its reader reads and what it was given: in all of these somebody may be named. */
const SPACES_OF_ANSWER = `(SELECT json_group_array(x.id) FROM (
  SELECT q.space_id AS id
  UNION SELECT json_extract(v.reader, '$.space') FROM served v WHERE v.answer_id = a.id
  UNION SELECT r.value FROM served v, json_each(v.reader, '$.spaces') r WHERE v.answer_id = a.id
  UNION SELECT s.space_id FROM served_passages sp JOIN passages p ON p.id = sp.passage_id
    JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id WHERE sp.answer_id = a.id) x
  WHERE x.id IS NOT NULL)`;

/** A passage that was imported stands once for all spaces. */
const SPACES_OF_IMPORTED = `(SELECT json_group_array(DISTINCT q.space_id) FROM imported_passages i
  JOIN answers a ON a.id = i.answer_id JOIN questions q ON q.id = a.question_id
  WHERE i.text_id = t.id AND q.space_id IS NOT NULL)`;

const PLACE = 'JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id';

/** Every text that stands around an answer; `?1` its id. */
const TEXTS = `
  SELECT 'question' AS kind, q.id AS key, q.text, ${SPACES_OF_ANSWER} AS spaces FROM answers a JOIN questions q ON q.id = a.question_id WHERE a.id = ?1
  UNION ALL SELECT 'answer', a.id, a.text, ${SPACES_OF_ANSWER} FROM answers a JOIN questions q ON q.id = a.question_id WHERE a.id = ?1
  UNION ALL SELECT e.kind, CAST(e.id AS TEXT), e.text, ${SPACES_OF_ANSWER} FROM feedback_present p
    JOIN feedback_events e ON e.id IN (p.correction_id, p.comment_id) JOIN answers a ON a.id = p.answer_id
    JOIN questions q ON q.id = a.question_id WHERE p.answer_id = ?1 AND e.text IS NOT NULL
  UNION ALL SELECT 'passage', CAST(p.id AS TEXT), p.text, json_array(s.space_id) FROM served_passages sp
    JOIN passages p ON p.id = sp.passage_id ${PLACE} WHERE sp.answer_id = ?1
  UNION ALL SELECT DISTINCT 'title', CAST(d.id AS TEXT), d.title, json_array(s.space_id) FROM served_passages sp
    JOIN passages p ON p.id = sp.passage_id ${PLACE} WHERE sp.answer_id = ?1
  UNION ALL SELECT 'imported', CAST(t.id AS TEXT), t.text, ${SPACES_OF_IMPORTED} FROM imported_passages o
    JOIN imported_texts t ON t.id = o.text_id WHERE o.answer_id = ?1`;

const UNCHECKED = `NOT EXISTS (SELECT 1 FROM text_checks c WHERE c.kind = t.kind AND c.key = t.key AND c.version = ?2)`;

const OF_EVENTS = [
  'e.text',
  SPACES_OF_ANSWER,
  `JOIN feedback_events e ON e.id = CAST(c.key AS INTEGER)
  JOIN answers a ON a.id = e.answer_id JOIN questions q ON q.id = a.question_id`,
] as const;
/** The text of a check `c`, the spaces, and where both are. */
const BY_KIND: Readonly<Record<CheckedKind, readonly [text: string, spaces: string, from: string]>> = {
  question: ['q.text', SPACES_OF_ANSWER, 'JOIN questions q ON q.id = c.key JOIN answers a ON a.question_id = q.id'],
  answer: ['a.text', SPACES_OF_ANSWER, 'JOIN answers a ON a.id = c.key JOIN questions q ON q.id = a.question_id'],
  correction: OF_EVENTS,
  comment: OF_EVENTS,
  passage: ['p.text', 'json_array(s.space_id)', `JOIN passages p ON p.id = CAST(c.key AS INTEGER) ${PLACE}`],
  imported: ['t.text', SPACES_OF_IMPORTED, 'JOIN imported_texts t ON t.id = CAST(c.key AS INTEGER)'],
  title: [
    'd.title',
    'json_array(s.space_id)',
    'JOIN documents d ON d.id = CAST(c.key AS INTEGER) JOIN sources s ON s.id = d.source_id',
  ],
};

const spaceIdsOf = (json: string) => JSON.parse(json) as string[];

export function createTextChecks(db: Database): TextChecks {
  return {
    owed: (answerId, version) =>
      db
        .all<{ kind: CheckedKind; key: string; text: string; spaces: string }>(
          `SELECT t.* FROM (${TEXTS}) t WHERE t.text <> '' AND ${UNCHECKED}`,
          answerId,
          version,
        )
        .map(({ spaces, ...text }) => ({ ...text, spaceIds: spaceIdsOf(spaces) })),
    put(checks) {
      db.transaction(() => {
        for (const { kind, key, version, tokens, findings } of checks) {
          db.run('INSERT OR REPLACE INTO text_checks VALUES (?, ?, ?, ?, ?)', kind, key, version, tokens, findings);
        }
      });
    },
    checked(kind, after, limit, version) {
      const [text, spaces, from] = BY_KIND[kind];
      return db
        .rows<[key: string, text: string, spaces: string, findings: string]>(
          // The checks lead, in the order of their keys.
          `SELECT c.key, ifnull(${text}, ''), ${spaces}, c.findings
           FROM (SELECT key, findings FROM text_checks WHERE kind = ?1 AND key > ?2 AND version = ?4 ORDER BY key LIMIT ?3) c
           ${from} ORDER BY c.key`,
          kind,
          after,
          limit,
          version,
        )
        .map(([key, words, json, findings]) => ({ kind, key, text: words, spaceIds: spaceIdsOf(json), findings }));
    },
    setFindings(texts) {
      db.transaction(() => {
        for (const { kind, key, findings } of texts) {
          db.run('UPDATE text_checks SET findings = ? WHERE kind = ? AND key = ?', findings, kind, key);
        }
      });
    },
  };
}
