import { createHmac, randomBytes } from 'node:crypto';
import { BackscrollError } from '../base/BackscrollError.ts';
import type { Clock } from '../base/Clock.ts';
import type { FeedbackEvents } from '../store/feedbackEvents.ts';
import type { Settings } from '../store/settings.ts';

/** A longer correction is not a correction any more. */
export const CORRECTION_CHARACTERS = 20_000;

export interface Ballot {
  /** The platform's own event id: a redelivery is the same vote. */
  readonly eventId: string;
  readonly answerId: string;
  /** `web:…`, `slack:T1:U1`: kept as a keyed hash only. */
  readonly personId: string;
}

/**
 * Votes and corrections. Each is on disk when its promise resolves, so that nobody is told of a vote that a crash could
 * lose. One person has one current vote on an answer: the last one counts, and it can be withdrawn.
 * BackscrollError `not-found` for an answer that is not there, `input` for a correction that is empty or too long.
 */
export interface Feedback {
  /** `reason`: why, if the person said so, in a word of ours. */
  vote(ballot: Ballot, value: 'up' | 'down' | 'withdrawn', reason?: string): Promise<void>;
  correct(ballot: Ballot, text: string): Promise<void>;
  /** What a person said of an answer, as it stands now. */
  present(answerId: string, personId: string): Promise<{ vote?: 'up' | 'down'; correction?: string }>;
}

export function createFeedback(deps: {
  readonly events: FeedbackEvents;
  readonly settings: Settings;
  readonly now: Clock;
}): Feedback {
  // Kept beside the votes: it makes a voter recognisable in this home and nowhere else.
  const key = deps.settings.once('voter-key', () => randomBytes(32).toString('hex'));
  const voterOf = (personId: string) => createHmac('sha256', key).update(personId).digest('base64url').slice(0, 22);

  async function record(ballot: Ballot, kind: 'up' | 'down' | 'withdrawn' | 'correction', text?: string) {
    const outcome = await deps.events.record({
      eventId: ballot.eventId,
      answerId: ballot.answerId,
      voter: voterOf(ballot.personId),
      kind,
      ...(text === undefined ? {} : { text }),
      atMs: deps.now(),
    });
    if (outcome === 'no-answer') {
      throw new BackscrollError('not-found', `There is no answer ${ballot.answerId} to vote on.`);
    }
  }

  return {
    vote: (ballot, value, reason) => record(ballot, value, reason),
    async correct(ballot, text) {
      const trimmed = text.trim();
      if (trimmed === '')
        throw new BackscrollError('input', 'The correction is empty. Say what the answer should have been.');
      if (trimmed.length > CORRECTION_CHARACTERS) {
        throw new BackscrollError(
          'input',
          `The correction has ${trimmed.length} characters; ${CORRECTION_CHARACTERS} are allowed. Shorten it.`,
        );
      }
      await record(ballot, 'correction', trimmed);
    },
    present: (answerId, personId) => deps.events.present(answerId, voterOf(personId)),
  };
}
