import { z } from 'zod';
import type { ReviewItem, ReviewVerdict } from '../../feedback/review/createReview.ts';
import type { Operation } from './Operation.ts';

export interface FeedbackReviewResult {
  /** How many answers wait for a decision, those that are not listed too. */
  readonly total: number;
  readonly items: readonly ReviewItem[];
}

/** What opinions leave open, the oldest first. */
export const feedbackReviewOperation: Operation<{ limit: number }, FeedbackReviewResult> = {
  name: 'feedback review',
  arguments: z.object({ limit: z.int().min(1).max(10_000) }),
  run: (app, { limit }, { signal }) => app.preferences.review.list(limit, signal),
};

export const feedbackDecideOperation: Operation<{ answerId: string; verdict: ReviewVerdict }, { decided: string }> = {
  name: 'feedback decide',
  arguments: z.object({
    answerId: z.string().min(1),
    verdict: z.discriminatedUnion('decision', [
      z.object({ decision: z.enum(['good', 'bad', 'discard']) }),
      z.object({ decision: z.literal('edit'), text: z.string() }),
    ]),
  }),
  async run(app, { answerId, verdict }) {
    await app.preferences.review.decide(answerId, verdict);
    return { decided: answerId };
  },
};
