import type { Database } from './database.ts';
import type { ServedReader } from './learning.ts';

/**
 * An answer that anybody said anything about; see feedback/record/PreferenceRecords.ts. All of these rows are read a
 * hundred thousand at a time: as arrays, since objects take 1.5 to 1.9 x as long.
 */
export type PreferenceRow = readonly [
  answerId: string,
  questionId: string,
  platform: string,
  spaceId: string | null,
  channelId: string,
  askedMs: number,
  status: string,
  erased: number,
  question: string,
  questionTokens: number | null,
  /** JSON; null when nothing was found. */
  questionFindings: string | null,
  /** Its fingerprint of the wanted version as hex, empty when there is none: a Uint8Array each takes longer. */
  questionPrint: string,
  answer: string,
  answerTokens: number | null,
  answerFindings: string | null,
  answerPrint: string,
  origin: 'asked' | 'imported' | null,
  /** JSON. */
  reader: string | null,
  answerer: string | null,
  model: string | null,
  promptVersion: string | null,
  settingsHash: string | null,
  cost: number | null,
  historyTurns: number | null,
  mayTrain: number | null,
  askerOptedOut: number,
  /** Whether everybody in the space may read where it was asked; null where that is no channel of ours. */
  placeOpen: number | null,
  /** JSON: a `BallotRow` for each voter, by voter. */
  ballots: string,
];

/** `marks`: 1 confirmed, 2 resolved, 4 opted out. */
export type BallotRow = readonly [
  voter: string,
  vote: number,
  votedMs: number | null,
  reason: string | null,
  marks: number,
];

export type CorrectionRow = readonly [
  answerId: string,
  voter: string,
  eventId: number,
  correctedMs: number | null,
  text: string,
  tokens: number | null,
  findings: string | null,
  optedOut: number,
];

export type ServedRow = readonly [
  answerId: string,
  n: number,
  passageId: number,
  text: string | null,
  title: string | null,
  url: string | null,
  tokens: number | null,
  findings: string | null,
  /** JSON. */
  personIds: string | null,
  platform: string | null,
  spaceId: string | null,
  sourceKind: string | null,
  sourceKey: string | null,
  open: number | null,
  optedOut: number,
];

export type ImportedRow = readonly [
  answerId: string,
  n: number,
  text: string,
  url: string | null,
  tokens: number | null,
  findings: string | null,
];

/** Each by answer; corrections then by event, passages by number. */
export interface PreferenceBatch {
  readonly answers: readonly PreferenceRow[];
  readonly corrections: readonly CorrectionRow[];
  readonly served: readonly ServedRow[];
  readonly imported: readonly ImportedRow[];
}

/** The record, a batch of answers at a time in the order of their ids, so that a million votes need no memory. */
export interface PreferenceRows {
  /**
   * The answers after this one; empty when there are no more.
   * @param printVersion of the fingerprints that are wanted
   */
  after(answerId: string, limit: number, printVersion: number): PreferenceBatch;
  one(answerId: string, printVersion: number): PreferenceBatch;
}

const FOUND = (check: string) => `${check}.tokens, nullif(${check}.findings, '[]')`;
const CHECK = (as: string, kind: string, key: string) =>
  `LEFT JOIN text_checks ${as} ON ${as}.kind = '${kind}' AND ${as}.key = ${key}`;
const PRINT = (kind: string, key: string) =>
  `ifnull((SELECT hex(print) FROM fingerprints WHERE kind = '${kind}' AND key = ${key} AND version = ?3), '')`;

const ANSWERS = (where: Where) => `
  SELECT a.id, q.id, q.platform, q.space_id, q.channel_id, q.asked_ms, a.status, a.erased,
    q.text, ${FOUND('qc')}, ${PRINT('question', 'q.id')}, a.text, ${FOUND('ac')}, ${PRINT('answer', 'a.id')},
    s.origin, s.reader, s.answerer, s.model, s.prompt_version, s.settings_hash, s.cost, s.history_turns, s.may_train,
    EXISTS (SELECT 1 FROM opt_outs o WHERE o.space_id = q.space_id AND o.person_id = q.person_id),
    (SELECT u.kind = 'everybody' FROM sources c JOIN audiences u ON u.id = c.audience_id
     WHERE c.space_id = q.space_id AND c.kind = 'channel' AND c.key = q.channel_id),
    (SELECT json_group_array(json_array(voter, vote, voted_ms, reason, marks)) FROM (
      SELECT p.voter, p.vote, p.voted_ms, p.reason, p.confirmed | p.resolved << 1 |
        (EXISTS (SELECT 1 FROM opt_outs o WHERE o.voter = p.voter)) << 2 AS marks
      FROM feedback_present p WHERE p.answer_id = a.id ORDER BY p.voter)) AS ballots
  FROM answers a JOIN questions q ON q.id = a.question_id LEFT JOIN served s ON s.answer_id = a.id
  ${CHECK('qc', 'question', 'q.id')} ${CHECK('ac', 'answer', 'a.id')}
  WHERE ${where('a.id')} ORDER BY a.id`;

const CORRECTIONS = (where: Where) => `
  SELECT p.answer_id, p.voter, e.id, p.corrected_ms, e.text, ${FOUND('c')},
    EXISTS (SELECT 1 FROM opt_outs o WHERE o.voter = p.voter)
  FROM feedback_present p JOIN feedback_events e ON e.id = p.correction_id
  ${CHECK('c', 'correction', 'CAST(e.id AS TEXT)')}
  WHERE p.correction_id IS NOT NULL AND e.text IS NOT NULL AND ${where('p.answer_id')} ORDER BY p.answer_id, e.id`;

const SERVED = (where: Where) => `
  SELECT sp.answer_id, sp.n, sp.passage_id, p.text, d.title, p.url, ${FOUND('c')}, p.person_ids, x.platform, s.space_id,
    s.kind, s.key, u.kind = 'everybody',
    EXISTS (SELECT 1 FROM json_each(ifnull(p.person_ids, '[]')) w JOIN opt_outs o
      ON o.space_id = s.space_id AND o.person_id = w.value)
  FROM served_passages sp LEFT JOIN passages p ON p.id = sp.passage_id LEFT JOIN documents d ON d.id = p.document_id
  LEFT JOIN sources s ON s.id = d.source_id LEFT JOIN audiences u ON u.id = s.audience_id LEFT JOIN spaces x ON x.id = s.space_id
  ${CHECK('c', 'passage', 'CAST(p.id AS TEXT)')}
  WHERE ${where('sp.answer_id')} ORDER BY sp.answer_id, sp.n`;

const IMPORTED = (where: Where) => `
  SELECT i.answer_id, i.n, i.text, i.url, ${FOUND('c')}
  FROM imported_passages i ${CHECK('c', 'imported', "i.answer_id || ' ' || i.n")}
  WHERE ${where('i.answer_id')} ORDER BY i.answer_id, i.n`;

type Where = (id: string) => string;
const statements = (where: Where) => ({
  answers: ANSWERS((id) => `${where(id)} AND EXISTS (SELECT 1 FROM feedback_present f WHERE f.answer_id = ${id})`),
  anyAnswers: ANSWERS(where),
  corrections: CORRECTIONS(where),
  served: SERVED(where),
  imported: IMPORTED(where),
});
// The answers of a batch lie behind one another in every index.
const RANGE = statements((id) => `${id} > ?1 AND ${id} <= ?2`);
const ONE = statements((id) => `${id} >= ?1 AND ${id} <= ?2`);

export function createPreferenceRows(db: Database): PreferenceRows {
  const around = (sql: Omit<typeof RANGE, 'answers' | 'anyAnswers'>, from: string, to: string) => ({
    corrections: db.rows<CorrectionRow>(sql.corrections, from, to),
    served: db.rows<ServedRow>(sql.served, from, to),
    imported: db.rows<ImportedRow>(sql.imported, from, to),
  });
  return {
    one: (id, printVersion) => ({
      answers: db.rows<PreferenceRow>(ONE.anyAnswers, id, id, printVersion),
      ...around(ONE, id, id),
    }),
    after(answerId, limit, printVersion) {
      const last = db.get<{ id: string | null }>(
        `SELECT max(id) AS id FROM (SELECT DISTINCT answer_id AS id FROM feedback_present WHERE answer_id > ?
           ORDER BY answer_id LIMIT ?)`,
        answerId,
        limit,
      )?.id;
      if (last == null) return { answers: [], corrections: [], served: [], imported: [] };
      return {
        answers: db.rows<PreferenceRow>(RANGE.answers, answerId, last, printVersion),
        ...around(RANGE, answerId, last),
      };
    },
  };
}

export function readerOf(json: string | null): ServedReader | undefined {
  return json === null ? undefined : (JSON.parse(json) as ServedReader);
}
