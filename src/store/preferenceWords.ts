import type { Database } from './database.ts';

/** The words of an answer that anybody said anything about, and of its question. */
export type WordsRow = readonly [
  answerId: string,
  question: string,
  /** JSON; null when nothing was found. */
  questionFindings: string | null,
  answer: string,
  answerFindings: string | null,
];

export type PassageWordsRow = readonly [
  answerId: string,
  n: number,
  title: string | null,
  text: string,
  findings: string | null,
  spaceId: string | null,
  titleFindings: string | null,
];

export type CorrectionWordsRow = readonly [answerId: string, eventId: number, text: string, findings: string | null];

/** Each in the order of the ids that were asked for; passages then by number. What was erased is not there. */
export interface WordsBatch {
  readonly answers: readonly WordsRow[];
  readonly served: readonly PassageWordsRow[];
  readonly imported: readonly PassageWordsRow[];
  readonly corrections: readonly CorrectionWordsRow[];
}

/** The words of some answers, when it is decided that they are wanted. */
export interface PreferenceWords {
  of(answerIds: readonly string[]): WordsBatch;
  /** One text by itself, many times as fast; undefined when it is not there any more. */
  answer(answerId: string): TextRow | undefined;
  correction(eventId: number): TextRow | undefined;
}

export type TextRow = readonly [text: string, findings: string | null];

const FOUND = (check: string) => `nullif(${check}.findings, '[]')`;
const CHECK = (as: string, kind: string, key: string) =>
  `LEFT JOIN text_checks ${as} ON ${as}.kind = '${kind}' AND ${as}.key = ${key}`;
// What is joined is small beside the list: the list leads, in its order.
const WANTED = 'FROM json_each(?) w CROSS JOIN';

const ANSWERS = `
  SELECT a.id, q.text, ${FOUND('qc')}, a.text, ${FOUND('ac')}
  ${WANTED} answers a ON a.id = w.value JOIN questions q ON q.id = a.question_id
  ${CHECK('qc', 'question', 'q.id')} ${CHECK('ac', 'answer', 'a.id')}`;

const SERVED = `
  SELECT sp.answer_id, sp.n, d.title, p.text, ${FOUND('c')}, s.space_id, ${FOUND('tc')}
  ${WANTED} served_passages sp ON sp.answer_id = w.value JOIN passages p ON p.id = sp.passage_id
  JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
  ${CHECK('c', 'passage', 'CAST(p.id AS TEXT)')} ${CHECK('tc', 'title', 'CAST(d.id AS TEXT)')} ORDER BY w.key, sp.n`;

const IMPORTED = `
  SELECT i.answer_id, i.n, NULL, t.text, ${FOUND('c')}, NULL, NULL
  ${WANTED} imported_passages i ON i.answer_id = w.value JOIN imported_texts t ON t.id = i.text_id
  ${CHECK('c', 'imported', 'CAST(t.id AS TEXT)')} ORDER BY w.key, i.n`;

const CORRECTIONS = `
  SELECT p.answer_id, e.id, e.text, ${FOUND('c')}
  ${WANTED} feedback_present p ON p.answer_id = w.value JOIN feedback_events e ON e.id = p.correction_id
  ${CHECK('c', 'correction', 'CAST(e.id AS TEXT)')} WHERE e.text IS NOT NULL ORDER BY w.key, e.id`;

const ANSWER = `SELECT a.text, ${FOUND('c')} FROM answers a ${CHECK('c', 'answer', 'a.id')} WHERE a.id = ?`;
const CORRECTION = `SELECT e.text, ${FOUND('c')} FROM feedback_events e ${CHECK('c', 'correction', 'CAST(e.id AS TEXT)')}
  WHERE e.id = ? AND e.text IS NOT NULL`;

export function createPreferenceWords(db: Database): PreferenceWords {
  return {
    answer: (answerId) => db.rows<TextRow>(ANSWER, answerId)[0],
    correction: (eventId) => db.rows<TextRow>(CORRECTION, eventId)[0],
    of(answerIds) {
      const ids = JSON.stringify(answerIds);
      return {
        answers: db.rows<WordsRow>(ANSWERS, ids),
        served: db.rows<PassageWordsRow>(SERVED, ids),
        imported: db.rows<PassageWordsRow>(IMPORTED, ids),
        corrections: db.rows<CorrectionWordsRow>(CORRECTIONS, ids),
      };
    },
  };
}
