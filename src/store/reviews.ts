import type { Database } from './database.ts';

export interface ReviewDecision {
  readonly answerId: string;
  /** The answer is good or bad whatever the votes say; nothing of it is used; or the operator's own correction counts. */
  readonly decision: 'good' | 'bad' | 'discard' | 'edit';
  readonly atMs: number;
}

/** What the operator decided about doubtful answers. The last decision counts. */
export interface Reviews {
  /** On disk when it resolves; false when there is no such answer, or its words were erased. */
  put(decision: ReviewDecision): Promise<boolean>;
  find(answerIds: readonly string[]): Map<string, ReviewDecision>;
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
    find: (answerIds) =>
      new Map(
        db
          .all<{ answer_id: string; decision: ReviewDecision['decision']; at_ms: number }>(
            'SELECT * FROM review_decisions WHERE answer_id IN (SELECT value FROM json_each(?))',
            JSON.stringify(answerIds),
          )
          .map(({ answer_id, decision, at_ms }) => [answer_id, { answerId: answer_id, decision, atMs: at_ms }]),
      ),
  };
}
