import type { Database } from './database.ts';
import type { ServedReader } from './learning.ts';

/** An answer that anybody said anything about, with the rows around it; see feedback/record/PreferenceRecords.ts. */
export interface PreferenceRow {
  readonly answerId: string;
  readonly questionId: string;
  readonly platform: string;
  readonly spaceId: string | null;
  readonly channelId: string;
  readonly personId: string;
  readonly askedMs: number;
  readonly status: string;
  readonly erased: number;
  readonly question: string;
  readonly answer: string;
  readonly questionCheck: string | null; // JSON: [tokens, findings]
  readonly answerCheck: string | null;
  readonly origin: 'asked' | 'imported' | null;
  readonly reader: string | null;
  readonly answerer: string | null;
  readonly model: string | null;
  readonly promptVersion: string | null;
  readonly settingsHash: string | null;
  readonly cost: number | null;
  readonly historyTurns: number | null;
  readonly mayTrain: number | null;
  readonly askerOptedOut: number;
  /** Whether everybody in the space may read where it was asked; null where that is no channel of ours. */
  readonly placeOpen: number | null;
}

export interface BallotRow {
  readonly answerId: string;
  readonly voter: string;
  readonly vote: number;
  readonly votedMs: number | null;
  readonly reason: string | null;
  readonly confirmed: number;
  readonly resolved: number;
  readonly correctionId: number | null;
  readonly correctedMs: number | null;
  readonly correction: string | null;
  readonly correctionCheck: string | null;
  readonly optedOut: number;
}

export interface ServedRow {
  readonly answerId: string;
  readonly n: number;
  readonly passageId: number | null;
  readonly text: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly check: string | null;
  readonly personIds: string | null; // JSON
  readonly platform: string | null;
  readonly spaceId: string | null;
  readonly sourceKind: string | null;
  readonly sourceKey: string | null;
  readonly open: number | null;
  readonly optedOut: number;
}

export interface PreferenceBatch {
  readonly answers: PreferenceRow[];
  readonly ballots: BallotRow[];
  readonly passages: ServedRow[];
}

/** The record, a batch of answers at a time in the order of their ids, so that a million votes need no memory. */
export interface PreferenceRows {
  /** The answers after this one; empty when there are no more. */
  after(answerId: string, limit: number): PreferenceBatch;
  of(answerIds: readonly string[]): PreferenceBatch;
}

const CHECK = (kind: string, key: string) =>
  `(SELECT json_array(tokens, json(findings)) FROM text_checks WHERE kind = '${kind}' AND key = ${key})`;
const IDS = '(SELECT value FROM json_each(?1))';

const ANSWERS = `
  SELECT a.id AS answerId, q.id AS questionId, q.platform, q.space_id AS spaceId, q.channel_id AS channelId,
    q.person_id AS personId, q.asked_ms AS askedMs, a.status, a.erased, q.text AS question, a.text AS answer,
    ${CHECK('question', 'q.id')} AS questionCheck, ${CHECK('answer', 'a.id')} AS answerCheck,
    s.origin, s.reader, s.answerer, s.model, s.prompt_version AS promptVersion, s.settings_hash AS settingsHash, s.cost,
    s.history_turns AS historyTurns, s.may_train AS mayTrain,
    EXISTS (SELECT 1 FROM opt_outs o WHERE o.space_id = q.space_id AND o.person_id = q.person_id) AS askerOptedOut,
    (SELECT u.kind = 'everybody' FROM sources c JOIN audiences u ON u.id = c.audience_id
     WHERE c.space_id = q.space_id AND c.kind = 'channel' AND c.key = q.channel_id) AS placeOpen
  FROM answers a JOIN questions q ON q.id = a.question_id LEFT JOIN served s ON s.answer_id = a.id
  WHERE a.id IN ${IDS} ORDER BY a.id`;

const BALLOTS = `
  SELECT p.answer_id AS answerId, p.voter, p.vote, p.voted_ms AS votedMs, p.reason, p.confirmed, p.resolved,
    p.correction_id AS correctionId, p.corrected_ms AS correctedMs, e.text AS correction,
    CASE WHEN e.id IS NOT NULL THEN ${CHECK('correction', 'CAST(e.id AS TEXT)')} END AS correctionCheck,
    EXISTS (SELECT 1 FROM opt_outs o WHERE o.voter = p.voter) AS optedOut
  FROM feedback_present p LEFT JOIN feedback_events e ON e.id = p.correction_id
  WHERE p.answer_id IN ${IDS} ORDER BY p.answer_id, p.voter`;

const SERVED = `
  SELECT sp.answer_id AS answerId, sp.n, sp.passage_id AS passageId, p.text, d.title, p.url,
    ${CHECK('passage', 'CAST(p.id AS TEXT)')} AS "check", p.person_ids AS personIds, x.platform, s.space_id AS spaceId,
    s.kind AS sourceKind, s.key AS sourceKey, u.kind = 'everybody' AS open,
    EXISTS (SELECT 1 FROM json_each(ifnull(p.person_ids, '[]')) w JOIN opt_outs o
      ON o.space_id = s.space_id AND o.person_id = w.value) AS optedOut
  FROM served_passages sp LEFT JOIN passages p ON p.id = sp.passage_id LEFT JOIN documents d ON d.id = p.document_id
  LEFT JOIN sources s ON s.id = d.source_id LEFT JOIN audiences u ON u.id = s.audience_id LEFT JOIN spaces x ON x.id = s.space_id
  WHERE sp.answer_id IN ${IDS}
  UNION ALL
  SELECT i.answer_id, i.n, NULL, i.text, NULL, i.url, ${CHECK('imported', "i.answer_id || ' ' || i.n")}, NULL, 'import', NULL,
    NULL, NULL, NULL, 0
  FROM imported_passages i WHERE i.answer_id IN ${IDS}
  ORDER BY 1, 2`;

export function createPreferenceRows(db: Database): PreferenceRows {
  function of(answerIds: readonly string[]): PreferenceBatch {
    const ids = JSON.stringify(answerIds);
    return {
      answers: db.all<PreferenceRow>(ANSWERS, ids),
      ballots: db.all<BallotRow>(BALLOTS, ids),
      passages: db.all<ServedRow>(SERVED, ids),
    };
  }
  return {
    of,
    after(answerId, limit) {
      const ids = db.all<{ id: string }>(
        'SELECT DISTINCT answer_id AS id FROM feedback_present WHERE answer_id > ? ORDER BY answer_id LIMIT ?',
        answerId,
        limit,
      );
      return of(ids.map(({ id }) => id));
    },
  };
}

export function readerOfRow(row: Pick<PreferenceRow, 'reader'>): ServedReader | undefined {
  return row.reader === null ? undefined : (JSON.parse(row.reader) as ServedReader);
}
