import type { Database } from './database.ts';

/** Whose words are wanted; each once. */
export interface WantedRows {
  /** Answers, with their questions, in which nothing was found that has to go. */
  readonly clean: readonly string[];
  /** Those in which something was found. */
  readonly found: readonly string[];
  readonly passages: readonly number[];
  /** Passages that came with imported votes. */
  readonly imported: readonly number[];
  /** The events of corrections. */
  readonly corrections: readonly number[];
}

/** Findings are JSON; null when nothing was found. */
export type WordsRow = readonly [
  answerId: string,
  question: string,
  questionFindings: string | null,
  answer: string,
  answerFindings: string | null,
];
export type PassageWordsRow = readonly [
  passageId: number,
  title: string,
  text: string,
  findings: string | null,
  spaceId: string | null,
  titleFindings: string | null,
];
export type TextWordsRow = readonly [id: number, text: string, findings: string | null];
export type TextRow = readonly [text: string, findings: string | null];

/** What was erased is not there. */
export interface WordsBatch {
  readonly answers: readonly WordsRow[];
  readonly passages: readonly PassageWordsRow[];
  readonly imported: readonly TextWordsRow[];
  readonly corrections: readonly TextWordsRow[];
}

/** The words that `PreferenceRows` leaves out, when it is decided that they are wanted. */
export interface PreferenceWords {
  of(wanted: WantedRows): WordsBatch;
  /** One text by itself, many times as fast; undefined when it is not there any more. */
  answer(answerId: string): TextRow | undefined;
  correction(eventId: number): TextRow | undefined;
}

const FOUND = (check: string) => `nullif(${check}.findings, '[]')`;
const CHECK = (as: string, kind: string, key: string) =>
  `LEFT JOIN text_checks ${as} ON ${as}.kind = '${kind}' AND ${as}.key = ${key}`;
// The list leads: what is looked up is a small part of its table.
const WANTED = 'FROM json_each(?) w CROSS JOIN';

const CLEAN = `SELECT a.id, q.text, NULL, a.text, NULL
  ${WANTED} answers a ON a.id = w.value JOIN questions q ON q.id = a.question_id`;
const WITH_FINDINGS = `SELECT a.id, q.text, ${FOUND('qc')}, a.text, ${FOUND('ac')}
  ${WANTED} answers a ON a.id = w.value JOIN questions q ON q.id = a.question_id
  ${CHECK('qc', 'question', 'q.id')} ${CHECK('ac', 'answer', 'a.id')}`;
const PASSAGES = `SELECT p.id, d.title, p.text, ${FOUND('c')}, s.space_id, ${FOUND('tc')}
  ${WANTED} passages p ON p.id = w.value JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
  ${CHECK('c', 'passage', 'CAST(p.id AS TEXT)')} ${CHECK('tc', 'title', 'CAST(d.id AS TEXT)')}`;
const IMPORTED = `SELECT t.id, t.text, ${FOUND('c')}
  ${WANTED} imported_texts t ON t.id = w.value ${CHECK('c', 'imported', 'CAST(t.id AS TEXT)')}`;
const CORRECTIONS = `SELECT e.id, e.text, ${FOUND('c')}
  ${WANTED} feedback_events e ON e.id = w.value ${CHECK('c', 'correction', 'CAST(e.id AS TEXT)')} WHERE e.text IS NOT NULL`;

const ANSWER = `SELECT a.text, ${FOUND('c')} FROM answers a ${CHECK('c', 'answer', 'a.id')} WHERE a.id = ?`;
const CORRECTION = `SELECT e.text, ${FOUND('c')} FROM feedback_events e ${CHECK('c', 'correction', 'CAST(e.id AS TEXT)')}
  WHERE e.id = ? AND e.text IS NOT NULL`;

export function createPreferenceWords(db: Pick<Database, 'rows'>): PreferenceWords {
  const rows = <Row extends readonly unknown[]>(sql: string, ids: readonly unknown[]) =>
    ids.length === 0 ? [] : db.rows<Row>(sql, JSON.stringify(ids));
  return {
    of: ({ clean, found, passages, imported, corrections }) => ({
      answers: [...rows<WordsRow>(CLEAN, clean), ...rows<WordsRow>(WITH_FINDINGS, found)],
      passages: rows<PassageWordsRow>(PASSAGES, passages),
      imported: rows<TextWordsRow>(IMPORTED, imported),
      corrections: rows<TextWordsRow>(CORRECTIONS, corrections),
    }),
    answer: (answerId) => db.rows<TextRow>(ANSWER, answerId)[0],
    correction: (eventId) => db.rows<TextRow>(CORRECTION, eventId)[0],
  };
}
