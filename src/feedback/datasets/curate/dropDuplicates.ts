import type { Prints } from '../alike/createPrints.ts';
import { ANSWER_SHINGLE, jaccard, shinglesOf } from '../alike/fingerprint.ts';
import { type Completion, NO_COMPLETION } from '../Rated.ts';
import type { Rows } from '../Rows.ts';
import type { Drops } from '../reasons.ts';

/** From here on two texts are near-duplicates. */
const NEAR = 0.8;
/** An estimate from 128 hash functions is off by 0.035: between these the texts themselves are compared. */
const SURELY_NOT = 0.68;
const SURELY = 0.9;

/** A row is kept, or was and goes to review because another contradicts it. */
const [KEPT, CONTRADICTED] = [1, 2];

/**
 * Takes out what stands there already, exactly or nearly, on the same question; the first by priority stays. What is
 * nearly the same and was called good here and bad there goes to review, both of it.
 * @param order the numbers of rows, by priority
 */
export function dropDuplicates(
  rows: Rows,
  order: Int32Array,
  deps: {
    readonly completions: Prints;
    readonly questionOf: (row: number) => number;
    readonly textOf: (completion: Completion) => string;
    readonly drops: Drops;
    readonly contradiction: (row: number) => void;
  },
): Int32Array {
  const { completions, questionOf, textOf, drops } = deps;
  const print = rows.rated.print;
  const state = new Uint8Array(rows.count);
  /** What was kept on each question: at most a few, since the others are not on the same question. */
  const kept = new Map<number, number[]>();

  function isSame(a: Completion, b: Completion): boolean {
    if (a === NO_COMPLETION || b === NO_COMPLETION) return a === b;
    return completions.sameAs(print(a)) === completions.sameAs(print(b));
  }
  function isNear(a: Completion, b: Completion): boolean {
    if (a === NO_COMPLETION || b === NO_COMPLETION) return a === b;
    const estimate = completions.estimate(print(a), print(b));
    if (estimate < SURELY_NOT) return false;
    return (
      estimate >= SURELY ||
      jaccard(shinglesOf(textOf(a), ANSWER_SHINGLE), shinglesOf(textOf(b), ANSWER_SHINGLE)) >= NEAR
    );
  }
  const both = (are: typeof isSame, row: number, other: number) =>
    are(rows.completion(row), rows.completion(other)) && are(rows.rejected(row), rows.rejected(other));

  function collide(row: number, other: number, reason: 'duplicate' | 'near-duplicate'): void {
    if (rows.label(row) === rows.label(other)) {
      drops.add(reason);
      return;
    }
    drops.add('contradiction');
    deps.contradiction(row);
    if (state[other] !== KEPT) return;
    state[other] = CONTRADICTED;
    drops.add('contradiction');
    deps.contradiction(other);
  }

  for (const row of order) {
    const rejected = rows.rejected(row);
    if (rejected !== NO_COMPLETION && isSame(rows.completion(row), rejected)) {
      drops.add('nothing-to-prefer');
      continue;
    }
    const question = questionOf(row);
    const others = kept.get(question) ?? [];
    const same = others.find((other) => both(isSame, row, other));
    const near = same ?? others.find((other) => both(isNear, row, other));
    if (near !== undefined) {
      collide(row, near, same === undefined ? 'near-duplicate' : 'duplicate');
      continue;
    }
    state[row] = KEPT;
    others.push(row);
    kept.set(question, others);
  }
  return order.filter((row) => state[row] === KEPT);
}
