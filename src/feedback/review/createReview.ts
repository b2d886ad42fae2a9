import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Reviews } from '../../store/reviews.ts';
import type { TakeSurvey } from '../datasets/createSurvey.ts';
import type { Doubtful } from '../datasets/Rated.ts';
import type { Feedback } from '../Feedback.ts';
import type { PreferenceRecords } from '../record/PreferenceRecords.ts';

/** Whom the operator's own corrections are by. */
export const OPERATOR = 'operator';

/** One answer to look at, with all that it takes to decide. */
export interface ReviewItem {
  readonly answerId: string;
  readonly askedAt: string;
  readonly question: string;
  readonly answer: string;
  readonly why: Doubtful['doubt'];
  readonly up: number;
  readonly down: number;
  readonly reasons: readonly string[];
  /** What people say it should have been, oldest first. */
  readonly corrections: readonly string[];
  /** What agreeing would mean; undefined when people differ evenly. */
  readonly proposal?: 'good' | 'bad';
  readonly passages: readonly { readonly title: string; readonly text: string; readonly url?: string }[];
}

export type ReviewVerdict =
  | { readonly decision: 'good' | 'bad' | 'discard' }
  /** What it should have said, in the operator's words. */
  | { readonly decision: 'edit'; readonly text: string };

/**
 * What opinions leave open, for a person to decide. Only answers that may be trained on are shown: nobody's private words.
 * BackscrollError `not-found` for an answer that is not there any more, `input` for an edit that is no correction.
 */
export interface Review {
  /** The oldest first, and how many there are in all. */
  list(limit: number, signal: AbortSignal): Promise<{ total: number; items: ReviewItem[] }>;
  decide(answerId: string, verdict: ReviewVerdict): Promise<void>;
}

export function createReview(deps: {
  readonly survey: TakeSurvey;
  readonly records: Pick<PreferenceRecords, 'one'>;
  readonly reviews: Reviews;
  readonly feedback: Pick<Feedback, 'correct'>;
  readonly now: Clock;
}): Review {
  async function show(one: Doubtful): Promise<ReviewItem | undefined> {
    const record = await deps.records.one(one.answerId);
    if (!record) return undefined;
    const { facts, words } = record;
    const isBad = facts.corrections.length > 0 || one.down > one.up;
    const proposal = isBad ? 'bad' : one.up > one.down ? 'good' : undefined;
    return {
      ...{
        answerId: one.answerId,
        askedAt: new Date(one.askedMs).toISOString(),
        why: one.doubt,
        up: one.up,
        down: one.down,
      },
      ...{ question: words.question.text, answer: words.answer.text },
      reasons: [...new Set(facts.ballots.flatMap(({ reason }) => (reason ? [reason] : [])))],
      corrections: facts.corrections.map(({ text }) => text),
      ...(proposal ? { proposal } : {}),
      passages: words.passages.map(({ n, title, text }) => {
        const url = facts.passages.find((passage) => passage.n === n)?.url;
        return { title: title.text, text, ...(url ? { url } : {}) };
      }),
    };
  }

  return {
    async list(limit, signal) {
      const { doubtful } = await deps.survey(signal);
      const items: ReviewItem[] = [];
      for (const one of doubtful.slice(0, limit)) {
        const item = await show(one);
        if (item) items.push(item);
      }
      return { total: doubtful.length, items };
    },
    async decide(answerId, verdict) {
      if (!(await deps.records.one(answerId))) throw gone(answerId);
      const atMs = deps.now();
      if (verdict.decision === 'edit') {
        await deps.feedback.correct(
          { eventId: `review:${answerId}:${atMs}`, answerId, personId: OPERATOR },
          verdict.text,
        );
      }
      if (!(await deps.reviews.put({ answerId, decision: verdict.decision, atMs }))) throw gone(answerId);
    },
  };
}

function gone(answerId: string): BackscrollError {
  return new BackscrollError('not-found', `There is no answer ${answerId} any more, or its words were erased.`);
}
