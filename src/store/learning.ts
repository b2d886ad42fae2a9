import type { Database } from './database.ts';

/** Where an answer stood, and so who may read what is learned from it. */
export type ServedReader =
  | { readonly kind: 'everybody'; readonly spaces: readonly string[] }
  | { readonly kind: 'person'; readonly space: string; readonly personId: string }
  | { readonly kind: 'place'; readonly space: string; readonly channelId: string };

/** All that it takes to decide what an answer teaches. */
export interface AnswerToLearn {
  readonly answerId: string;
  readonly questionId: string;
  readonly status: string;
  readonly erased: boolean;
  readonly question: string;
  readonly answer: string;
  readonly reader?: ServedReader;
  readonly language?: string;
  /** Distinct people whose word on it stands. */
  readonly good: number;
  readonly bad: number;
  /** The newest correction that stands and was not erased; `isSafe` when no secret was found in it. */
  readonly correction?: {
    readonly text: string;
    readonly isSafe: boolean;
    /** How many others found the answer good that it corrects. */
    readonly good: number;
    readonly atMs: number;
  };
  readonly answeredMs: number;
  /** The passages that it was offered, as they were. */
  readonly passages: readonly {
    readonly id: number;
    readonly text: string;
    readonly url: string;
    readonly spaceId: string;
    readonly cited: boolean;
    readonly learned: boolean;
  }[];
  readonly learned?: { readonly kind: 'correction' | 'confirmed'; readonly sourceId: number; readonly key: string };
}

/** What is learned from feedback, and what is still owed to the index. The work there is lies here: a crash costs nothing but time. */
export interface Learning {
  /** Answers whose feedback changed, and a mark that tells whether it changed again since. */
  owed(limit: number): { answerId: string; mark: number }[];
  find(answerId: string): AnswerToLearn | undefined;
  /**
   * Notes what is about to be put into the index: from now on it may be read by who may read all that it rests on, once
   * nothing is owed.
   */
  learn(learned: {
    readonly answerId: string;
    readonly kind: 'correction' | 'confirmed';
    readonly sourceId: number;
    readonly key: string;
    readonly passageIds: readonly number[];
    readonly audienceIds: readonly number[];
    readonly atMs: number;
  }): void;
  /** The document that was made of an answer, if there is one now. */
  documentOf(answerId: string): number | undefined;
  /** Nothing is owed for it any more, unless it changed meanwhile; `forget`: and nothing is learned from it. */
  settled(owed: { readonly answerId: string; readonly mark: number }, options: { readonly forget: boolean }): void;
}

export function oweLearning(db: Database, answerId: string): void {
  db.run('INSERT INTO learn_owed VALUES (?, 1) ON CONFLICT DO UPDATE SET mark = mark + 1', answerId);
}

/** A document whose key begins so is readable only as `LEARNED_READABLE` says. */
export const LEARNED_KEY = 'learned:';

/**
 * Whether the document `d` may be read by audiences (`json`: an SQL expression that gives them as JSON): what was learned
 * only by a reader of everything that it rests on, at this moment.
 * `use: 'answer'`: and only while nothing about it is in doubt, and, for what people confirmed, while the passages that
 * they saw still say so. `use: 'look'`: an answer that cited it before may be looked at.
 */
export const learnedReadable = (json: string, use: 'answer' | 'look') => `(d.key NOT LIKE '${LEARNED_KEY}%' OR EXISTS (
  SELECT 1 FROM learned l WHERE l.source_id = d.source_id AND l.document_key = d.key
    ${use === 'look' ? '' : 'AND NOT EXISTS (SELECT 1 FROM learn_owed o WHERE o.answer_id = l.answer_id)'}
    AND NOT EXISTS (SELECT 1 FROM learned_needs n WHERE n.answer_id = l.answer_id
      AND n.audience_id NOT IN (SELECT value FROM json_each(${json})))
    AND NOT EXISTS (SELECT 1 FROM learned_rests r LEFT JOIN passages rp ON rp.id = r.passage_id
      LEFT JOIN documents rd ON rd.id = rp.document_id LEFT JOIN sources rs ON rs.id = rd.source_id
      WHERE r.answer_id = l.answer_id AND (rs.audience_id IS NULL
        OR rs.audience_id NOT IN (SELECT value FROM json_each(${json}))
        ${use === 'look' ? '' : "OR (l.kind = 'confirmed' AND rp.live = 0)"}))))`;

export function createLearning(db: Database): Learning {
  return {
    owed: (limit) => db.all('SELECT answer_id AS answerId, mark FROM learn_owed LIMIT ?', limit),
    find: (answerId) => findAnswer(db, answerId),
    learn({ answerId, kind, sourceId, key, passageIds, audienceIds, atMs }) {
      db.transaction(() => {
        db.run('DELETE FROM learned WHERE answer_id = ?', answerId);
        db.run('INSERT INTO learned VALUES (?, ?, ?, ?, ?)', answerId, kind, sourceId, key, atMs);
        for (const id of audienceIds) db.run('INSERT OR IGNORE INTO learned_needs VALUES (?, ?)', answerId, id);
        const ids = JSON.stringify(passageIds);
        db.run('INSERT INTO learned_rests SELECT ?, value FROM json_each(?)', answerId, ids);
        // What a learned passage needs and rests on, this one does too.
        const before = `SELECT l.answer_id FROM json_each(?2) v JOIN passages p ON p.id = v.value
          JOIN documents d ON d.id = p.document_id JOIN learned l ON l.source_id = d.source_id AND l.document_key = d.key`;
        for (const [table, column] of [
          ['learned_rests', 'passage_id'],
          ['learned_needs', 'audience_id'],
        ] as const) {
          db.run(
            `INSERT OR IGNORE INTO ${table} SELECT ?1, ${column} FROM ${table} WHERE answer_id IN (${before})`,
            answerId,
            ids,
          );
        }
      });
    },
    documentOf: (answerId) =>
      db.get<{ id: number }>(
        `SELECT d.id FROM learned l JOIN documents d ON d.source_id = l.source_id AND d.key = l.document_key
         WHERE l.answer_id = ?`,
        answerId,
      )?.id,
    settled({ answerId, mark }, { forget }) {
      db.transaction(() => {
        if (forget) db.run('DELETE FROM learned WHERE answer_id = ?', answerId);
        db.run('DELETE FROM learn_owed WHERE answer_id = ? AND mark = ?', answerId, mark);
      });
    },
  };
}

interface Row {
  readonly questionId: string;
  readonly status: string;
  readonly erased: number;
  readonly question: string;
  readonly answer: string;
  readonly reader: string | null;
  readonly language: string | null;
  readonly answeredMs: number;
}

function findAnswer(db: Database, answerId: string): AnswerToLearn | undefined {
  const row = db.get<Row>(
    `SELECT q.id AS questionId, a.status, a.erased, q.text AS question, a.text AS answer, s.reader, s.language,
       a.answered_ms AS answeredMs
     FROM answers a JOIN questions q ON q.id = a.question_id LEFT JOIN served s ON s.answer_id = a.id WHERE a.id = ?`,
    answerId,
  );
  if (!row) return undefined;
  const votes = db.get<{ good: number; bad: number }>(
    `SELECT ifnull(sum(vote = 1 OR (vote = 0 AND confirmed)), 0) AS good, ifnull(sum(vote = -1), 0) AS bad
     FROM feedback_present WHERE answer_id = ?`,
    answerId,
  );
  const correction = db.get<FoundCorrection>(
    `SELECT e.text, c.findings, p.voter, e.at_ms AS atMs FROM feedback_present p JOIN feedback_events e ON e.id = p.correction_id
     LEFT JOIN text_checks c ON c.kind = 'correction' AND c.key = CAST(e.id AS TEXT)
     WHERE p.answer_id = ? AND e.text IS NOT NULL ORDER BY e.id DESC LIMIT 1`,
    answerId,
  );
  const passages = db.all<{ id: number; text: string; url: string; spaceId: string; cited: number; learned: number }>(
    `SELECT p.id, p.text, p.url, s.space_id AS spaceId, d.key LIKE '${LEARNED_KEY}%' AS learned,
       EXISTS (SELECT 1 FROM citations c WHERE c.answer_id = sp.answer_id AND c.passage_id = p.id) AS cited
     FROM served_passages sp JOIN passages p ON p.id = sp.passage_id JOIN documents d ON d.id = p.document_id
     JOIN sources s ON s.id = d.source_id WHERE sp.answer_id = ? ORDER BY sp.n`,
    answerId,
  );
  const learned = db.get<{ kind: 'correction' | 'confirmed'; sourceId: number; key: string }>(
    'SELECT kind, source_id AS sourceId, document_key AS key FROM learned WHERE answer_id = ?',
    answerId,
  );
  const { questionId, status, erased, question, answer, answeredMs, reader, language } = row;
  return {
    ...{ answerId, questionId, status, erased: erased === 1, question, answer, answeredMs },
    ...(reader === null ? {} : { reader: JSON.parse(reader) as ServedReader }),
    ...(language === null ? {} : { language }),
    good: votes?.good ?? 0,
    bad: votes?.bad ?? 0,
    ...(correction ? { correction: correctionOf(db, answerId, correction) } : {}),
    passages: passages.map(({ cited, learned: isLearned, ...rest }) => ({
      ...rest,
      cited: cited === 1,
      learned: isLearned === 1,
    })),
    ...(learned ? { learned } : {}),
  };
}

interface FoundCorrection {
  readonly text: string;
  readonly findings: string | null;
  readonly voter: string;
  readonly atMs: number;
}

function correctionOf(db: Database, answerId: string, found: FoundCorrection) {
  const others = db.get<{ good: number }>(
    'SELECT count(*) AS good FROM feedback_present WHERE answer_id = ? AND voter <> ? AND vote = 1',
    answerId,
    found.voter,
  );
  // One that was never looked at is not safe yet.
  const isSafe = found.findings !== null && !found.findings.includes('"secret"');
  return { text: found.text, isSafe, good: others?.good ?? 0, atMs: found.atMs };
}
