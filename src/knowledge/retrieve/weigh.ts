import { isNearDuplicate } from '../words/similar.ts';
import type { Hit } from './Retrieve.ts';

const DAY_US = 86_400_000_000;
/** How much of its score a passage can lose by age, and gain or lose by what people marked; small beside relevance. */
const AGE_SHARE = 0.08;
const CONFIRMED_SHARE = 0.06;
const CONTRADICTED_SHARE = 0.12;
/** How far votes can move a passage, however many there are: a crowd that wants it gone takes less than its age may. */
const VOTED_UP_SHARE = 0.1;
const VOTED_DOWN_SHARE = 0.04;

/**
 * What people taught answers one question: it comes before what was merely said when that is asked again, and behind it
 * when the question only shares a word or two with it.
 */
const LEARNED_SHARE = { correction: 0.18, confirmed: 0.1 } as const;
const STRANGE_SHARE = 0.6;
export const STRANGE_BELOW = 0.45;

/** How many distinct people found answers good or bad that cited a passage. */
export interface Votes {
  readonly good: number;
  readonly bad: number;
}

/**
 * The votes on passages, as far as the reader may know of them. A port: what people say is kept in another room.
 * An implementation owes: each person counted once a passage; nothing for a passage without votes; a few milliseconds
 * for a hundred passages.
 */
export type VotesOf = (
  passageIds: readonly number[],
  reader: { readonly audienceIds: readonly number[]; readonly personId?: string },
) => readonly (Votes & { readonly passageId: number })[];

/**
 * Puts the newer and the confirmed ahead of the older and the contradicted, where they are about as good otherwise.
 * @param halfLifeDays after so many days half of the bonus for being new is gone
 * @returns the hit with its score from 0 on; the best may come to more than 1
 */
export function weigh(
  hit: Hit,
  nowUs: number,
  halfLifeDays: number,
  more: {
    readonly votes?: Votes | undefined;
    /** Of what was learned: how alike the question is to the one that it answers, 0 to 1. */
    readonly likeness?: number | undefined;
  } = {},
): Hit {
  const { passage } = hit;
  const saidUs = passage.toUs ?? passage.documentAtUs;
  const ageDays = saidUs === undefined ? halfLifeDays : Math.max(0, (nowUs - saidUs) / DAY_US);
  const newness = 2 ** (-ageDays / halfLifeDays);
  const confirmed = saturating(passage.confirmations);
  const contradicted = saturating(passage.contradictions);
  const factor =
    1 -
    AGE_SHARE * (1 - newness) +
    CONFIRMED_SHARE * confirmed -
    CONTRADICTED_SHARE * contradicted +
    learned(passage.learned, more.likeness ?? 0) +
    moved(more.votes);
  return { ...hit, score: Math.max(0, hit.score * factor) };
}

function learned(kind: Hit['passage']['learned'], likeness: number): number {
  if (!kind) return 0;
  const isStrange = likeness < STRANGE_BELOW;
  return isStrange ? -STRANGE_SHARE * (1 - likeness / STRANGE_BELOW) : LEARNED_SHARE[kind] * likeness;
}

/** One person moves little: the mean of Beta(1,1), which a few votes hardly shift, between the two bounds. */
function moved(votes: Votes | undefined): number {
  if (!votes) return 0;
  const lean = (votes.good - votes.bad) / (votes.good + votes.bad + 2);
  return lean * (lean > 0 ? VOTED_UP_SHARE : VOTED_DOWN_SHARE);
}

/** 0 for none, 0.5 for one, nearing 1. */
const saturating = (n: number) => n / (n + 1);

/**
 * Folds passages that say nearly the same into the best of them; of two that are equally good the newer stays.
 * @param hits best first
 */
export function fold(hits: readonly Hit[]): Hit[] {
  const kept: { hit: Hit; folded: number[] }[] = [];
  for (const hit of hits) {
    const { signature } = hit.passage;
    const same = signature
      ? kept.find(({ hit: { passage } }) => passage.signature && isNearDuplicate(passage.signature, signature))
      : undefined;
    if (!same) kept.push({ hit, folded: [] });
    else if (isNewer(hit, same.hit)) {
      same.folded.push(same.hit.passage.id);
      same.hit = { ...hit, score: same.hit.score };
    } else same.folded.push(hit.passage.id);
  }
  return kept.map(({ hit, folded }) => ({ ...hit, alsoIn: folded }));
}

function isNewer(a: Hit, b: Hit): boolean {
  const at = ({ passage }: Hit) => passage.toUs ?? passage.documentAtUs ?? 0;
  return at(a) > at(b);
}
