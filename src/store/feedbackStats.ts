import type { Database } from './database.ts';

export interface VoteCount {
  readonly up: number;
  readonly down: number;
  readonly corrections: number;
}

/** How people voted, as it stands now. No words, and nobody's name. */
export interface FeedbackStats {
  /** By day (UTC, `2026-11-20`), oldest first; days without a vote are not there. */
  byDay(): (VoteCount & { readonly day: string })[];
  /** By platform and space, most votes first. */
  bySource(): (VoteCount & { readonly platform: string; readonly space: string | null })[];
  /** By channel, most votes first; what a private channel is called is not told. */
  byChannel(limit: number): (VoteCount & { readonly channel: string; readonly space: string | null })[];
  /** How often those who voted on one answer agree. */
  agreement(): {
    readonly answers: number;
    readonly votes: number;
    readonly several: number;
    readonly unanimous: number;
  };
}

const COUNTS =
  'ifnull(sum(p.vote = 1), 0) AS up, ifnull(sum(p.vote = -1), 0) AS down, count(p.correction_id) AS corrections';
const JOINED = `feedback_present p JOIN answers a ON a.id = p.answer_id JOIN questions q ON q.id = a.question_id
  LEFT JOIN spaces s ON s.id = q.space_id`;

export function createFeedbackStats(db: Database): FeedbackStats {
  return {
    byDay: () =>
      db.all(
        `SELECT date(ifnull(p.voted_ms, p.corrected_ms) / 1000, 'unixepoch') AS day, ${COUNTS} FROM feedback_present p
         WHERE p.vote <> 0 OR p.correction_id IS NOT NULL GROUP BY day ORDER BY day`,
      ),
    bySource: () =>
      db.all(
        `SELECT q.platform, s.name AS space, ${COUNTS} FROM ${JOINED} WHERE p.vote <> 0 OR p.correction_id IS NOT NULL
         GROUP BY q.platform, q.space_id ORDER BY count(*) DESC, q.platform, s.name`,
      ),
    byChannel: (limit) =>
      db.all(
        `SELECT CASE WHEN q.platform IN ('web', 'cli', 'import') THEN q.platform
             WHEN u.kind = 'everybody' THEN c.name ELSE '(private)' END AS channel, s.name AS space, ${COUNTS}
         FROM ${JOINED} LEFT JOIN sources c ON c.space_id = q.space_id AND c.kind = 'channel' AND c.key = q.channel_id
         LEFT JOIN audiences u ON u.id = c.audience_id
         WHERE p.vote <> 0 OR p.correction_id IS NOT NULL GROUP BY 1, q.space_id ORDER BY count(*) DESC, 1 LIMIT ?`,
        limit,
      ),
    agreement: () =>
      db.get(
        `SELECT count(*) AS answers, ifnull(sum(votes), 0) AS votes, ifnull(sum(votes > 1), 0) AS several,
           ifnull(sum(votes > 1 AND (ups = 0 OR ups = votes)), 0) AS unanimous
         FROM (SELECT count(*) AS votes, sum(vote = 1) AS ups FROM feedback_present WHERE vote <> 0 GROUP BY answer_id)`,
      ) as { answers: number; votes: number; several: number; unanimous: number },
  };
}
