import { ANSWER_SHINGLE, jaccard, shinglesOf } from '../alike/fingerprint.ts';

/** From here on two texts are near-duplicates. */
const NEAR = 0.8;
/** An estimate from 128 hash functions is off by 0.035: between these the texts themselves are compared. */
const SURELY_NOT = 0.68;
const SURELY = 0.9;

/** Whether two texts of an estimated similarity are near-duplicates; undefined for a close call. */
export function nearnessOf(estimate: number): boolean | undefined {
  return estimate >= SURELY ? true : estimate < SURELY_NOT ? false : undefined;
}

/** Decides a close call. */
export function areNear(a: string, b: string): boolean {
  return jaccard(shinglesOf(a, ANSWER_SHINGLE), shinglesOf(b, ANSWER_SHINGLE)) >= NEAR;
}
