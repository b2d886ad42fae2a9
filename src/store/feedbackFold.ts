import type { Database } from './database.ts';

/**
 * Of what was said at the same moment, the order of arrival decides. Of imported lines their content does, since any file
 * may come first: a vote before what goes with it, then by the event's own id.
 */
const IS_IMPORTED = "event_id GLOB 'imported-*'";
const TIE = `CASE WHEN ${IS_IMPORTED} THEN (kind NOT IN ('up', 'down')) || event_id END`;

/**
 * The one fold from events to the present: a row for each answer and voter. The same statement takes in one event as it
 * is recorded and a million that were appended: SQLite applies them in the order in which they were said. `?3` names
 * rows that begin anew (JSON: pairs of answer and voter), whose events before `?1` are folded once more.
 *
 * - a vote is the last one, with its own reason or none; it can be withdrawn
 * - a correction is the last one; it is withdrawn by itself, or by a thumb that turns up after it
 * - erased words change nothing here: that somebody corrected stays
 */
const FOLD = `
INSERT INTO feedback_present (answer_id, voter, vote, voted_ms, reason, correction_id, corrected_ms, comment_id, confirmed,
  resolved, last, last_ms)
SELECT answer_id, voter,
  CASE kind WHEN 'up' THEN 1 WHEN 'down' THEN -1 ELSE 0 END,
  CASE WHEN kind IN ('up', 'down') THEN at_ms END,
  CASE WHEN kind IN ('up', 'down', 'reason') THEN reason END,
  CASE kind WHEN 'correction' THEN id END, CASE kind WHEN 'correction' THEN at_ms END,
  CASE kind WHEN 'comment' THEN id END, kind = 'confirmed', kind = 'resolved',
  CASE WHEN kind = 'withdrawn' AND withdraws IS NOT NULL THEN 'withdrawn ' || withdraws ELSE kind END, at_ms
FROM (
  SELECT id, answer_id, voter, kind, reason, withdraws, at_ms, ${TIE} AS tie
  FROM feedback_events WHERE id > ?1 AND id <= ?2
  UNION ALL
  SELECT e.id, e.answer_id, e.voter, kind, reason, withdraws, at_ms, ${TIE}
  FROM json_each(?3) anew CROSS JOIN feedback_events e
    ON e.answer_id = anew.value ->> 0 AND e.voter = anew.value ->> 1 AND e.id <= ?1)
WHERE true ORDER BY answer_id, voter, at_ms, tie, id
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
  last = excluded.last, last_ms = excluded.last_ms`;

/** Rows with an event that came in later and was said earlier than what is folded in: a row cannot tell where it belongs. */
const LATE = `
SELECT DISTINCT e.answer_id, e.voter FROM feedback_events e
CROSS JOIN feedback_present p ON p.answer_id = e.answer_id AND p.voter = e.voter
WHERE e.id > ?1 AND e.id <= ?2 AND (e.at_ms < p.last_ms OR (e.at_ms = p.last_ms AND ${IS_IMPORTED}))`;

const START_ANEW = `DELETE FROM feedback_present WHERE (answer_id, voter) IN (
  SELECT value ->> 0, value ->> 1 FROM json_each(?))`;

const FOLDED = 'feedback-folded';

export interface FeedbackFold {
  /** Takes in what was appended since the last time, in one transaction. @returns how many events it looked at */
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
      const late = JSON.stringify(db.rows(LATE, from, to));
      if (late !== '[]') db.run(START_ANEW, late);
      const { changes } = db.run(FOLD, from, to, late);
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
