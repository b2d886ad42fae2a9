import type { Database } from './database.ts';
import type { ServedReader } from './learning.ts';

export interface AskedQuestion {
  readonly questionId: string;
  readonly answerId: string;
  readonly text: string;
  readonly askedMs: number;
  /** Who asked: to count people by, never shown. */
  readonly askedBy: string;
  readonly reader: ServedReader;
  readonly why: 'unanswered' | 'bad';
}

/** Questions that got no answer, or one that people found bad, newest first. */
export type QuestionsAsked = (sinceMs: number, limit: number) => AskedQuestion[];

export function createQuestionsAsked(db: Database): QuestionsAsked {
  return (sinceMs, limit) =>
    db
      .all<Omit<AskedQuestion, 'reader'> & { reader: string }>(
        `SELECT q.id AS questionId, a.id AS answerId, q.text, q.asked_ms AS askedMs, q.platform || ' ' || q.person_id AS askedBy,
           s.reader, CASE a.status WHEN 'abstained' THEN 'unanswered' ELSE 'bad' END AS why
         FROM answers a JOIN questions q ON q.id = a.question_id JOIN served s ON s.answer_id = a.id
         LEFT JOIN (SELECT answer_id, sum(vote = 1) AS good, sum(vote = -1) AS bad FROM feedback_present GROUP BY answer_id) v
           ON v.answer_id = a.id
         WHERE s.origin = 'asked' AND s.reader IS NOT NULL AND q.text <> '' AND a.answered_ms >= ?1
           AND ((a.status = 'abstained' AND ifnull(v.good, 0) <= ifnull(v.bad, 0)) OR v.bad > v.good)
           AND NOT EXISTS (SELECT 1 FROM learned l WHERE l.answer_id = a.id)
         ORDER BY q.asked_ms DESC, q.id LIMIT ?2`,
        sinceMs,
        limit,
      )
      .map(({ reader, ...rest }) => ({ ...rest, reader: JSON.parse(reader) as ServedReader }));
}
