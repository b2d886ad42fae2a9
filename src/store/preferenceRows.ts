import type { Database } from './database.ts';
import type { ServedReader } from './learning.ts';

/**
 * What is known of an answer that anybody said anything about, without its words; see
 * feedback/record/PreferenceRecords.ts. All of these rows are read a hundred thousand at a time: as arrays, since objects
 * take 1.5 to 1.9 x as long, and each table by itself along its index, since a row that is looked up takes ten times as
 * long as the next one.
 */
export type PreferenceRow = readonly [
  answerId: string,
  platform: string,
  spaceId: string | null,
  channelId: string,
  askedMs: number,
  status: string,
  erased: number,
  isQuestionEmpty: number,
  isAnswerBlank: number,
  /** Null when its text was not looked at yet. */
  questionTokens: number | null,
  /** JSON; null when nothing was found. */
  questionFindings: string | null,
  origin: 'asked' | 'imported' | null,
  /** JSON. */
  reader: string | null,
  answerer: string | null,
  historyTurns: number | null,
  mayTrain: number | null,
  askerId: string,
];

export type CheckRow = readonly [answerId: string, tokens: number, findings: string | null];
/** Fingerprints of the wanted version as hex: a Uint8Array each takes longer. */
export type PrintRow = readonly [answerId: string, print: string];
/** A channel where somebody asked, and whether everybody in its space may read it. */
export type PlaceRow = readonly [spaceId: string, channelId: string, open: number];

/** `marks`: 1 confirmed, 2 resolved. */
export type BallotRow = readonly [answerId: string, voter: string, vote: number, reason: string | null, marks: number];

/** What people say it should have been is read with its words: they decide what is asked next. */
export type CorrectionRow = readonly [
  answerId: string,
  voter: string,
  eventId: number,
  correctedMs: number | null,
  text: string,
  tokens: number | null,
  findings: string | null,
];

export type ServedRow = readonly [
  answerId: string,
  n: number,
  passageId: number,
  gone: number,
  url: string | null,
  tokens: number | null,
  findings: string | null,
  /** Of the title of its document: 1 when that has words which were not looked at yet. */
  titleOwed: number,
  titleFindings: string | null,
  /** JSON. */
  personIds: string | null,
  platform: string | null,
  spaceId: string | null,
  sourceKind: string | null,
  sourceKey: string | null,
  open: number | null,
];

export type ImportedRow = readonly [
  answerId: string,
  n: number,
  textId: number,
  url: string | null,
  tokens: number | null,
  findings: string | null,
];

/** Each by answer; ballots then by voter, corrections by when they were said, passages by number. */
export interface PreferenceBatch {
  readonly answers: readonly PreferenceRow[];
  readonly checks: readonly CheckRow[];
  readonly answerPrints: readonly PrintRow[];
  readonly questionPrints: readonly PrintRow[];
  /** The channels of ours among those where it was asked. */
  readonly places: readonly PlaceRow[];
  readonly ballots: readonly BallotRow[];
  readonly corrections: readonly CorrectionRow[];
  readonly served: readonly ServedRow[];
  readonly imported: readonly ImportedRow[];
  /** Everybody who opted out, and whom they vote as where that is known. */
  readonly optOuts: readonly (readonly [spaceId: string, personId: string, voter: string | null])[];
}

/** Answers that lie behind one another, from the first id to the last, both in it; one that is gone may have left ballots. */
export interface AnswerRange {
  readonly firstId: string;
  readonly lastId: string;
}

/** By what a text was looked at, and made known again: what another version made is as good as none. */
export interface TextVersions {
  readonly check: number;
  readonly print: number;
}

/** The record, a range of answers at a time, so that a million votes need no memory. */
export interface PreferenceRows {
  /** All answers that anybody said anything about, in the order of their ids, in ranges with about so many ballots. */
  ranges(ballots: number): AnswerRange[];
  within(range: AnswerRange, versions: TextVersions): PreferenceBatch;
  /** One answer, whether anybody voted on it or not. */
  one(answerId: string, versions: TextVersions): PreferenceBatch;
}

const FOUND = (check: string) => `${check}.tokens, nullif(${check}.findings, '[]')`;
const CHECK = (as: string, kind: string, key: string) =>
  `LEFT JOIN text_checks ${as} ON ${as}.kind = '${kind}' AND ${as}.key = ${key} AND ${as}.version = ?3`;
/** What JavaScript's `trim` takes away. */
const BLANKS = `char(9, 10, 11, 12, 13, 32, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202,
  8232, 8233, 8239, 8287, 12288, 65279)`;

const ANSWERS = (from: string) => `
  SELECT a.id, q.platform, q.space_id, q.channel_id, q.asked_ms, a.status, a.erased, q.text = '',
    trim(a.text, ${BLANKS}) = '', ${FOUND('qc')}, s.origin, s.reader, s.answerer, s.history_turns, s.may_train, q.person_id
  FROM ${from} JOIN questions q ON q.id = a.question_id LEFT JOIN served s ON s.answer_id = a.id
  ${CHECK('qc', 'question', 'q.id')}`;

const CHECKS = `SELECT key, tokens, nullif(findings, '[]') FROM text_checks
  WHERE kind = 'answer' AND ${RANGE('key')} AND version = ?3 ORDER BY key`;

const PRINTS = `SELECT key, hex(print) FROM fingerprints
  WHERE kind = ?4 AND ${RANGE('key')} AND version = ?3 ORDER BY key`;

const PLACES = `SELECT c.space_id, c.key, u.kind = 'everybody' FROM json_each(?) w
  JOIN sources c ON c.space_id = w.value ->> 0 AND c.kind = 'channel' AND c.key = w.value ->> 1
  JOIN audiences u ON u.id = c.audience_id`;

const BALLOT = 'answer_id, voter, vote, reason, confirmed | resolved << 1 FROM feedback_present';
const NEXT_ID = 'SELECT min(answer_id) FROM feedback_present WHERE answer_id > ?';
const LAST_ID = 'SELECT max(answer_id) FROM feedback_present';
const ID_FURTHER_ON = 'SELECT answer_id FROM feedback_present WHERE answer_id >= ? ORDER BY answer_id LIMIT 1 OFFSET ?';
const BALLOTS_WITHIN = `SELECT ${BALLOT} WHERE ${RANGE('answer_id')} ORDER BY answer_id, voter`;
const BALLOTS_OF = `SELECT ${BALLOT} WHERE answer_id = ? ORDER BY voter`;

const CORRECTIONS = `
  SELECT p.answer_id, p.voter, e.id, p.corrected_ms, e.text, ${FOUND('c')}
  FROM feedback_present p JOIN feedback_events e ON e.id = p.correction_id
  ${CHECK('c', 'correction', 'CAST(e.id AS TEXT)')}
  WHERE p.correction_id IS NOT NULL AND e.text IS NOT NULL AND ${RANGE('p.answer_id')}
  ORDER BY p.answer_id, e.at_ms, e.event_id`;

const SERVED = (from: string) => `
  SELECT sp.answer_id, sp.n, sp.passage_id, p.id IS NULL, p.url, ${FOUND('c')},
    d.title <> '' AND tc.tokens IS NULL, nullif(tc.findings, '[]'), p.person_ids, x.platform, s.space_id,
    s.kind, s.key, u.kind = 'everybody'
  FROM ${from} LEFT JOIN passages p ON p.id = sp.passage_id LEFT JOIN documents d ON d.id = p.document_id
  LEFT JOIN sources s ON s.id = d.source_id LEFT JOIN audiences u ON u.id = s.audience_id LEFT JOIN spaces x ON x.id = s.space_id
  ${CHECK('c', 'passage', 'CAST(p.id AS TEXT)')} ${CHECK('tc', 'title', 'CAST(d.id AS TEXT)')}`;

const IMPORTED = `
  SELECT i.answer_id, i.n, i.text_id, i.url, ${FOUND('c')}
  FROM imported_passages i ${CHECK('c', 'imported', 'CAST(i.text_id AS TEXT)')}
  WHERE ${RANGE('i.answer_id')} ORDER BY i.answer_id, i.n`;

function RANGE(id: string): string {
  return `${id} >= ?1 AND ${id} <= ?2`;
}

// Of all answers that were ever given, few are voted on: those lead, and the rest is not looked at.
const RATED = `(SELECT DISTINCT answer_id FROM feedback_present WHERE ${RANGE('answer_id')} ORDER BY answer_id) r CROSS JOIN`;
const IN_RANGE = {
  answers: ANSWERS(`${RATED} answers a ON a.id = r.answer_id`),
  served: `${SERVED(`${RATED} served_passages sp ON sp.answer_id = r.answer_id`)} ORDER BY sp.answer_id, sp.n`,
};
const ONE = {
  answers: ANSWERS('(SELECT ?1 AS id) w CROSS JOIN answers a ON a.id = w.id AND a.id <= ?2'),
  served: `${SERVED('(SELECT ?1 AS id) w CROSS JOIN served_passages sp ON sp.answer_id = w.id AND sp.answer_id <= ?2')} ORDER BY sp.n`,
};

export function createPreferenceRows(db: Pick<Database, 'rows'>): PreferenceRows {
  /** Everything of the answers from one id to another; they lie behind one another in every index. */
  function between(
    { answers, served }: typeof ONE,
    ballots: readonly BallotRow[],
    { firstId: first, lastId: last }: AnswerRange,
    { check, print }: TextVersions,
  ): PreferenceBatch {
    const found = db.rows<PreferenceRow>(answers, first, last, check);
    return {
      ballots,
      answers: found,
      places: db.rows<PlaceRow>(PLACES, placesOf(found)),
      checks: db.rows<CheckRow>(CHECKS, first, last, check),
      answerPrints: db.rows<PrintRow>(PRINTS, first, last, print, 'answer'),
      questionPrints: db.rows<PrintRow>(PRINTS, first, last, print, 'question'),
      corrections: db.rows<CorrectionRow>(CORRECTIONS, first, last, check),
      served: db.rows<ServedRow>(served, first, last, check),
      imported: db.rows<ImportedRow>(IMPORTED, first, last, check),
      optOuts: db.rows<[string, string, string | null]>('SELECT space_id, person_id, voter FROM opt_outs'),
    };
  }

  return {
    ranges(ballots) {
      const found: AnswerRange[] = [];
      for (let last = ''; ; ) {
        const firstId = db.rows<[string | null]>(NEXT_ID, last)[0]?.[0];
        if (firstId == null) return found;
        const further = db.rows<[string]>(ID_FURTHER_ON, firstId, ballots - 1)[0] ?? db.rows<[string]>(LAST_ID)[0];
        [last] = further as [string];
        found.push({ firstId, lastId: last });
      }
    },
    one: (id, versions) => between(ONE, db.rows<BallotRow>(BALLOTS_OF, id), { firstId: id, lastId: id }, versions),
    within: (range, versions) =>
      between(IN_RANGE, db.rows<BallotRow>(BALLOTS_WITHIN, range.firstId, range.lastId), range, versions),
  };
}

/** The channels where these were asked, each once, as JSON. */
function placesOf(answers: readonly PreferenceRow[]): string {
  const places = new Map<string, readonly [string, string]>();
  let last: PreferenceRow | undefined;
  for (const answer of answers) {
    const [, , spaceId, channelId] = answer;
    if (spaceId !== null && (last?.[2] !== spaceId || last[3] !== channelId)) {
      places.set(`${spaceId} ${channelId}`, [spaceId, channelId]);
    }
    last = answer;
  }
  return JSON.stringify([...places.values()]);
}

export function readerOf(json: string | null): ServedReader | undefined {
  return json === null ? undefined : (JSON.parse(json) as ServedReader);
}
