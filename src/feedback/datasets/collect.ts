import type { Datasets } from '../../store/datasets.ts';
import type { FingerprintKind, Fingerprints } from '../../store/fingerprints.ts';
import type { AnswerRange } from '../../store/preferenceRows.ts';
import type { PreferenceRecords } from '../record/PreferenceRecords.ts';
import type { Prints } from './alike/createPrints.ts';
import { FINGERPRINT_VERSION } from './alike/fingerprint.ts';
import { joinParts } from './gather/joinParts.ts';
import type { MadePrint, Part } from './gather/Part.ts';
import { createHand, type HandDeps, type OwnHand } from './hands/createHand.ts';
import type { Hand, HandOrder } from './hands/Hand.ts';
import { share } from './hands/share.ts';
import type { Doubtful, Rated } from './Rated.ts';
import type { Drops } from './reasons.ts';

export interface CollectDeps extends HandDeps {
  readonly records: PreferenceRecords;
  readonly fingerprints: Fingerprints;
  readonly datasets: Pick<Datasets, 'erasures'>;
}

export interface Collected {
  readonly rated: Rated;
  readonly doubtful: readonly Doubtful[];
  /** How many answers people said something about. */
  readonly seen: number;
}

/** Hands by their numbers: that of this thread, that of another, and that which goes over what was not looked at yet. */
export const [OWN, OTHER] = [0, 1];
const LATE = 2;

/**
 * Goes over everything that people said something about, once, in this thread and in another.
 * @param hands `other` begins to be asked when there is enough to share
 */
export async function collect(
  deps: CollectDeps,
  order: Omit<HandOrder, 'by'>,
  to: { readonly questions: Prints; readonly completions: Prints; readonly drops: Drops },
  hands: {
    readonly own: Pick<OwnHand, 'gather'>;
    readonly other?: (ranges: number) => Hand | undefined;
  },
  signal: AbortSignal,
): Promise<Collected> {
  const asOf = deps.datasets.erasures();
  const joined = joinParts(to, order.policy.operator);
  const late = createHand(deps, { ...order, by: LATE });
  const doubtful: Doubtful[] = [];
  let seen = 0;

  function add(part: Part): void {
    for (const [reason, count] of part.drops) to.drops.add(reason, count);
    doubtful.push(...part.doubtful);
    joined.add(part);
    seen += part.seen;
    // Of a text that was erased meanwhile nothing is kept.
    if (part.made.length > 0 && deps.datasets.erasures() === asOf) store(deps.fingerprints, part.made);
  }

  const ranges = await deps.records.ranges();
  const other = hands.other?.(ranges.length);
  await share<AnswerRange, Part | undefined>(
    ranges,
    { own: hands.own.gather, ...(other ? { other: other.gather } : {}) },
    async (part, range) => add(part ?? late.gatherFrom(range, await deps.records.prepared(range))),
    signal,
  );
  return { rated: joined.rated, doubtful, seen };
}

function store(fingerprints: Fingerprints, made: readonly MadePrint[]): void {
  const byKind = Map.groupBy(made, ({ kind }) => kind);
  for (const [kind, prints] of byKind as Map<FingerprintKind, MadePrint[]>) {
    fingerprints.put(kind, FINGERPRINT_VERSION, prints);
  }
}
