import type { Database } from './database.ts';

/** How people voted on the answers that cited a passage. */
export interface VotesOnPassage {
  readonly passageId: number;
  /** Distinct people; somebody who voted both ways counts as neither. */
  readonly good: number;
  readonly bad: number;
}

/**
 * Votes on passages through the answers that cited them, as far as a reader may know of them: votes in a place that they
 * do not read move nothing for them. Earlier versions of a passage count for it.
 */
export type PassageVotes = (
  passageIds: readonly number[],
  reader: { readonly audienceIds: readonly number[]; readonly personId?: string },
) => VotesOnPassage[];

/** So many votes tell enough; a passage that a thousand answers cite must not slow a search down. */
const MOST_VOTES = 400;

/** Most passages were never cited: one look tells which were. */
const CITED = `
  SELECT w.value AS passageId FROM json_each(?) w WHERE EXISTS (
    SELECT 1 FROM passages p JOIN passages e ON e.document_id = p.document_id AND e.key = p.key
    JOIN citations c ON c.passage_id = e.id WHERE p.id = w.value)`;

// A thumb that was given for a reason which is not the passages' fault says nothing of them.
const VOTES = `
  SELECT v.voter, v.vote FROM passages p JOIN passages e ON e.document_id = p.document_id AND e.key = p.key
  JOIN citations c ON c.passage_id = e.id JOIN served s ON s.answer_id = c.answer_id
  JOIN feedback_present v ON v.answer_id = c.answer_id AND v.vote <> 0
    AND (v.vote = 1 OR v.reason IS NULL OR v.reason NOT IN ('incomplete', 'other'))
  WHERE p.id = ?1 AND s.origin = 'asked' AND CASE json_extract(s.reader, '$.kind')
    WHEN 'person' THEN json_extract(s.reader, '$.personId') = ?3
    WHEN 'place' THEN EXISTS (SELECT 1 FROM sources o WHERE o.space_id = json_extract(s.reader, '$.space')
      AND o.kind = 'channel' AND o.key = json_extract(s.reader, '$.channelId')
      AND o.audience_id IN (SELECT value FROM json_each(?2)))
    ELSE 1 END
  LIMIT ${MOST_VOTES}`;

export function createPassageVotes(db: Database): PassageVotes {
  return (passageIds, { audienceIds, personId }) => {
    const audiences = JSON.stringify(audienceIds);
    const cited = db.all<{ passageId: number }>(CITED, JSON.stringify(passageIds));
    return cited.flatMap(({ passageId }) => {
      const row = db.get<{ good: number; bad: number }>(
        `SELECT ifnull(sum(least = 1), 0) AS good, ifnull(sum(most = -1), 0) AS bad
         FROM (SELECT min(vote) AS least, max(vote) AS most FROM (${VOTES}) GROUP BY voter)`,
        passageId,
        audiences,
        personId ?? null,
      );
      return row && row.good + row.bad > 0 ? [{ passageId, ...row }] : [];
    });
  };
}
