import { NOBODY } from '../../../store/forgetting.ts';
import type { ReviewDecision } from '../../../store/reviews.ts';
import type { CorrectionText, PreferenceFacts } from '../../record/PreferenceRecords.ts';
import type { Reason } from '../reasons.ts';
import { givesOrders } from './givesOrders.ts';
import { CLEARLY_BAD, CLEARLY_GOOD, goodness } from './goodness.ts';

/** Said of an answer whose passages were at fault: it must not teach the model. */
const RETRIEVAL_FAULT = 'wrong-sources';

/** What people hold of an answer, folded into one judgement. */
export interface Opinion {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Probability that most find it good. */
  readonly goodness: number;
  readonly label?: 'good' | 'bad';
  /** The one correction that stands. */
  readonly correction?: CorrectionText;
  /** Why a person has to look at it. */
  readonly doubt?: Doubt;
  /** Why it teaches nothing. */
  readonly drop?: Reason;
}

export type Doubt =
  | 'too few voters'
  | 'voters differ'
  | 'the sources were called wrong'
  | 'corrections differ'
  | 'a good answer was corrected'
  | 'the correction gives orders';

/**
 * Distinct voters who did not opt out, corrections first; what is not clear goes to review.
 * @param operator the voter that the operator's own corrections are kept under
 */
export function opinionOf(record: PreferenceFacts, operator: string, decision?: ReviewDecision): Opinion {
  const faulted = new Set<string>();
  const up: string[] = [];
  const down: string[] = [];
  // Whose votes were forgotten still counts as a vote, and holds no opinion any more.
  for (const { voter, vote, reason, optedOut } of record.ballots) {
    if (optedOut || voter.startsWith(NOBODY)) continue;
    if (reason === RETRIEVAL_FAULT) faulted.add(voter);
    if (vote === 'up') up.push(voter);
    else if (vote === 'down' && reason !== RETRIEVAL_FAULT) down.push(voter);
  }
  const probability = goodness(up.length, down.length);
  const base = { up, down, goodness: probability };
  if (decision?.decision === 'discard') return { ...base, drop: 'discarded' };

  const corrections = record.corrections.filter(({ optedOut, voter }) => !optedOut && !faulted.has(voter));
  const own = corrections.findLast(({ voter }) => voter === operator);
  if (decision?.decision === 'edit' && own) return { ...base, label: 'bad', correction: own };
  if (decision?.decision === 'good' || decision?.decision === 'bad') {
    const correction = decision.decision === 'bad' ? corrections.at(-1) : undefined;
    return { ...base, label: decision.decision, ...(correction ? { correction } : {}) };
  }
  if (faulted.size > 0) {
    // From wrong sources nothing is to be learned, whatever was made of them. One against many may be mistaken: a person looks.
    const others = up.filter((voter) => !faulted.has(voter)).length + down.length;
    return {
      ...base,
      ...(others > faulted.size ? { doubt: 'the sources were called wrong' } : { drop: 'retrieval-fault' }),
    };
  }
  if (corrections.length > 0) return { ...base, ...corrected(corrections, probability, up.length) };
  if (up.length + down.length === 0) return { ...base, drop: 'no-vote' };
  if (probability > CLEARLY_GOOD) return { ...base, label: 'good' };
  if (probability < CLEARLY_BAD) return { ...base, label: 'bad' };
  return { ...base, doubt: up.length > 0 && down.length > 0 ? 'voters differ' : 'too few voters' };
}

function corrected(corrections: readonly CorrectionText[], probability: number, ups: number): Partial<Opinion> {
  const texts = new Set(
    corrections.map(({ text }) => text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase()),
  );
  const correction = corrections.at(-1) as CorrectionText;
  if (texts.size > 1) return { correction, doubt: 'corrections differ' };
  if (givesOrders(correction.text)) return { correction, doubt: 'the correction gives orders' };
  if (probability > CLEARLY_GOOD && ups > corrections.length)
    return { correction, doubt: 'a good answer was corrected' };
  return { label: 'bad', correction };
}
