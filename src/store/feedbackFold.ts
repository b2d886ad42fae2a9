import type { Database } from './database.ts';

/**
 * The one fold from events to the present: a row for each answer and voter. The same statement takes in one event as it
 * is recorded and a million that were appended: SQLite applies them in the order they came.
 *
 * - a vote is the last one, with its own reason or none; it can be withdrawn
 * - a correction is the last one; it is withdrawn by itself, or by a thumb that turns up after it
 * - erased words change nothing here: that somebody corrected stays
 */
const FOLD = `
INSERT INTO feedback_present (answer_id, voter, vote, voted_ms, reason, correction_id, corrected_ms, comment_id, confirmed,
  resolved, last)
SELECT answer_id, voter,
  CASE kind WHEN 'up' THEN 1 WHEN 'down' THEN -1 ELSE 0 END,
  CASE WHEN kind IN ('up', 'down') THEN at_ms END,
  CASE WHEN kind IN ('up', 'down', 'reason') THEN reason END,
  CASE kind WHEN 'correction' THEN id END, CASE kind WHEN 'correction' THEN at_ms END,
  CASE kind WHEN 'comment' THEN id END, kind = 'confirmed', kind = 'resolved',
  CASE WHEN kind = 'withdrawn' AND withdraws IS NOT NULL THEN 'withdrawn ' || withdraws ELSE kind END
FROM feedback_events WHERE id > ?1 AND id <= ?2 ORDER BY answer_id, voter, id
ON CONFLICT DO UPDATE SET
  vote = CASE excluded.last WHEN 'up' THEN 1 WHEN 'down' THEN -1 WHEN 'withdrawn' THEN 0 ELSE vote END,
  voted_ms = CASE WHEN excluded.last IN ('up', 'down', 'withdrawn') THEN excluded.voted_ms ELSE voted_ms END,
  reason = CASE WHEN excluded.last IN ('up', 'down', 'withdrawn', 'reason') THEN excluded.reason ELSE reason END,
  correction_id = CASE excluded.last WHEN 'correction' THEN excluded.correction_id WHEN 'withdrawn correction' THEN NULL
    WHEN 'up' THEN CASE vote WHEN 1 THEN correction_id END ELSE correction_id END,
  corrected_ms = CASE excluded.last WHEN 'correction' THEN excluded.corrected_ms WHEN 'withdrawn correction' THEN NULL
    WHEN 'up' THEN CASE vote WHEN 1 THEN corrected_ms END ELSE corrected_ms END,
  comment_id = CASE excluded.last WHEN 'comment' THEN excluded.comment_id WHEN 'withdrawn comment' THEN NULL ELSE comment_id END,
  confirmed = CASE excluded.last WHEN 'confirmed' THEN 1 WHEN 'withdrawn confirmed' THEN 0 ELSE confirmed END,
  resolved = CASE excluded.last WHEN 'resolved' THEN 1 WHEN 'withdrawn resolved' THEN 0 ELSE resolved END,
  last = excluded.last`;

const FOLDED = 'feedback-folded';

export interface FeedbackFold {
  /** Takes in what was appended since the last time, in one transaction. @returns how many events */
  fold(): number;
  /** Makes the present anew from all events. */
  again(): number;
}

export function createFeedbackFold(db: Database): FeedbackFold {
  /** The last event that is folded in. */
  const folded = () =>
    Number(db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', FOLDED)?.value ?? 0);

  function fold(): number {
    return db.transaction(() => {
      const from = folded();
      const to = db.get<{ last: number | null }>('SELECT max(id) AS last FROM feedback_events')?.last ?? 0;
      if (to <= from) return 0;
      const { changes } = db.run(FOLD, from, to);
      db.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', FOLDED, String(to));
      return changes;
    });
  }

  return {
    fold,
    again: () =>
      db.transaction(() => {
        db.run('DELETE FROM feedback_present');
        db.run('DELETE FROM settings WHERE key = ?', FOLDED);
        return fold();
      }),
  };
}
