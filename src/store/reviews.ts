import type { Database } from './database.ts';
import type { AnswerRange } from './preferenceRows.ts';

export interface ReviewDecision {
  readonly answerId: string;
  /** The answer is good or bad whatever the votes say; nothing of it is used; or the operator's own correction counts. */
  readonly decision: 'good' | 'bad' | 'discard' | 'edit';
  readonly atMs: number;
}

/** Those about the answers of a range, by their ids. */
export type FindDecisions = (range: AnswerRange) => Map<string, ReviewDecision>;

/** What the operator decided about doubtful answers. The last decision counts. */
export interface Reviews {
  /** On disk when it resolves; false when there is no such answer, or its words were erased. */
  put(decision: ReviewDecision): Promise<boolean>;
  readonly find: FindDecisions;
}

export function createReviews(db: Database): Reviews {
  return {
    put: ({ answerId, decision, atMs }) =>
      db.durable(() => {
        if (!db.get('SELECT 1 FROM answers WHERE id = ? AND erased = 0', answerId)) return false;
        db.run(
          `INSERT INTO review_decisions (answer_id, decision, at_ms) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET decision = excluded.decision, at_ms = excluded.at_ms`,
          answerId,
          decision,
          atMs,
        );
        return true;
      }),
    find: findDecisions(db),
  };
}

export function findDecisions(db: Pick<Database, 'rows'>): FindDecisions {
  return ({ firstId, lastId }) =>
    new Map(
      db
        .rows<[answerId: string, decision: ReviewDecision['decision'], atMs: number]>(
          'SELECT answer_id, decision, at_ms FROM review_decisions WHERE answer_id >= ? AND answer_id <= ?',
          firstId,
          lastId,
        )
        .map(([answerId, decision, atMs]) => [answerId, { answerId, decision, atMs }]),
    );
}
