import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The latest vote is the one that was given last, not the one that came in last: a row of the present knows the moment of
 * its last event. What was folded in the order of arrival is folded again when the database is opened.
 */
const STATEMENTS: readonly string[] = [
  'ALTER TABLE feedback_present ADD COLUMN last_ms INTEGER NOT NULL DEFAULT 0',
  // Where people talk their order of arrival is what counts, whatever the clock did: see `record` in feedbackEvents.ts.
  `UPDATE feedback_events SET at_ms = w.most FROM (
     SELECT id, max(at_ms) OVER (PARTITION BY answer_id, voter ORDER BY id) AS most FROM feedback_events
     WHERE event_id NOT GLOB 'imported-*') w
   WHERE w.id = feedback_events.id AND w.most > at_ms`,
  `DELETE FROM feedback_present WHERE EXISTS (
     SELECT 1 FROM feedback_events e WHERE e.answer_id = feedback_present.answer_id AND e.voter = feedback_present.voter)`,
  "DELETE FROM settings WHERE key = 'feedback-folded'",
  // An imported answer is as old as the first thing that anybody said of it, not as the first line that was read.
  `UPDATE questions SET asked_ms = min(asked_ms, ifnull((
     SELECT min(e.at_ms) FROM answers a JOIN feedback_events e ON e.answer_id = a.id WHERE a.question_id = questions.id), asked_ms))
   WHERE platform = 'import'`,
  `UPDATE answers SET answered_ms = q.asked_ms FROM questions q
   WHERE q.id = answers.question_id AND q.platform = 'import' AND answered_ms > q.asked_ms`,
  // They were asked by "import", which a voter may be called: forgetting them would have taken everybody's answers.
  "UPDATE questions SET person_id = '' WHERE platform = 'import' AND person_id = 'import'",
  // Leave to train that is withdrawn is a right taken back: whoever exports meanwhile begins again.
  `CREATE TRIGGER leave_withdrawn AFTER UPDATE OF may_train ON served WHEN old.may_train = 1 AND new.may_train IS NOT 1
   BEGIN UPDATE erasures SET count = count + 1; END`,
];

export const moments: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
