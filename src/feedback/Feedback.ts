import { BackscrollError } from '../base/BackscrollError.ts';
import type { Clock } from '../base/Clock.ts';
import type { CheckOfText, FeedbackEvent, FeedbackEvents } from '../store/feedbackEvents.ts';
import type { Settings } from '../store/settings.ts';
import { createVoterOf } from './record/voterKey.ts';
import { type CheckText, createCheckText } from './redact/createCheckText.ts';

/** A longer correction is not a correction any more. */
export const CORRECTION_CHARACTERS = 20_000;
const COMMENT_CHARACTERS = 4_000;

/** What somebody may say is wrong with an answer, beside the thumb. */
export const REASONS = ['wrong-sources', 'out-of-date', 'incomplete', 'wrong', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** What a person said of an answer, as it stands now. */
export interface Said {
  readonly vote?: 'up' | 'down';
  readonly reason?: Reason;
  readonly correction?: string;
}

export interface Ballot {
  /** The platform's own event id: a redelivery is the same vote. */
  readonly eventId: string;
  readonly answerId: string;
  /** `web:…`, `slack:T1:U1`: kept as a keyed hash only. */
  readonly personId: string;
}

/** What a person said of an answer, as it stands now. */
export interface Said {
  readonly vote?: 'up' | 'down';
  readonly reason?: Reason;
  readonly correction?: string;
  readonly comment?: string;
  readonly confirmed?: true;
  readonly resolved?: true;
}

/** What somebody may say of an answer beside a thumb and a correction. */
export type Remark =
  | { readonly kind: 'reason'; readonly reason: Reason }
  | { readonly kind: 'comment'; readonly text: string }
  /** They know it to be right. */
  | { readonly kind: 'confirmed' }
  /** It solved what they came with. */
  | { readonly kind: 'resolved' }
  | { readonly kind: 'withdrawn'; readonly what: 'correction' | 'comment' | 'confirmed' | 'resolved' };

/**
 * Votes and corrections. Each is on disk when its promise resolves, so that nobody is told of a vote that a crash could
 * lose. One person has one current vote on an answer: the last one counts, and it can be withdrawn. A thumb down may have
 * a reason, which goes with the vote: the next vote has its own or none. A thumb that turns up takes the same person's
 * correction back.
 * BackscrollError `not-found` for an answer that is not there, `input` for a reason without a thumb down and for a
 * correction or comment that is empty, too long, or holds a password or key: those never reach the disk.
 */
export interface Feedback {
  vote(ballot: Ballot, value: 'up' | 'down' | 'withdrawn', reason?: Reason): Promise<void>;
  correct(ballot: Ballot, text: string): Promise<void>;
  remark(ballot: Ballot, remark: Remark): Promise<void>;
  present(answerId: string, personId: string): Promise<Said>;
}

export function createFeedback(deps: {
  readonly events: FeedbackEvents;
  readonly settings: Settings;
  readonly now: Clock;
  /** Without it secrets are looked for all the same, and the rest when it is wanted. */
  readonly check?: CheckText;
  /** Called after something was recorded that had not been. */
  readonly onRecorded?: (answerId: string) => void;
}): Feedback {
  const { events } = deps;
  const voterOf = createVoterOf(deps.settings);
  const look = deps.check ?? createCheckText(() => 0);

  async function record(
    ballot: Ballot,
    said: Pick<FeedbackEvent, 'kind' | 'reason' | 'text' | 'withdraws'>,
    check?: CheckOfText,
  ) {
    const { eventId, answerId, personId } = ballot;
    const event = { eventId, answerId, voter: voterOf(personId), ...said, atMs: deps.now() };
    const outcome = await events.record(event, check);
    if (outcome === 'no-answer') throw new BackscrollError('not-found', `There is no answer ${answerId} to vote on.`);
    if (outcome === 'recorded') deps.onRecorded?.(answerId);
  }

  async function write(ballot: Ballot, kind: 'correction' | 'comment', words: string): Promise<void> {
    const text = words.trim();
    const most = kind === 'correction' ? CORRECTION_CHARACTERS : COMMENT_CHARACTERS;
    if (text === '') {
      const wanted =
        kind === 'correction' ? 'Say what the answer should have been.' : 'Say what you think of the answer.';
      throw new BackscrollError('input', `The ${kind} is empty. ${wanted}`);
    }
    if (text.length > most) {
      throw new BackscrollError('input', `The ${kind} has ${text.length} characters; ${most} are allowed. Shorten it.`);
    }
    const { tokens, findings } = await look(text);
    if (findings.some((finding) => finding.kind === 'secret')) {
      throw new BackscrollError(
        'input',
        `The ${kind} holds what looks like a password or key. Take it out and send it again; nothing of it was kept.`,
      );
    }
    // Without the names of people: those are found when it is looked at with all that stands around its answer.
    await record(ballot, { kind, text }, { version: 0, tokens, findings: JSON.stringify(findings) });
  }

  return {
    async vote(ballot, value, reason) {
      if (reason !== undefined && value !== 'down') {
        throw new BackscrollError('input', 'Only a thumb down has a reason. Leave the reason out, or vote down.');
      }
      await record(ballot, { kind: value, ...(reason === undefined ? {} : { reason }) });
    },
    correct: (ballot, text) => write(ballot, 'correction', text),
    async remark(ballot, remark) {
      if (remark.kind === 'comment') return write(ballot, 'comment', remark.text);
      if (remark.kind === 'reason') await record(ballot, { kind: 'reason', reason: remark.reason });
      else if (remark.kind === 'withdrawn') await record(ballot, { kind: 'withdrawn', withdraws: remark.what });
      else await record(ballot, { kind: remark.kind });
    },
    async present(answerId, personId) {
      const { reason, ...said } = await events.present(answerId, voterOf(personId));
      const known = REASONS.find((one) => one === reason);
      return known ? { ...said, reason: known } : said;
    },
  };
}
