import type { Prints } from '../alike/createPrints.ts';
import { createLists } from '../createColumn.ts';
import { type Completion, NO_COMPLETION } from '../Rated.ts';
import type { Rows } from '../Rows.ts';
import type { Drops } from '../reasons.ts';
import type { AreNear } from './compareClose.ts';

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
    /** All of these numbers are below. */
    readonly questionCount: number;
    readonly areNear: AreNear;
    readonly drops: Drops;
    readonly contradiction: (row: number) => void;
  },
): Int32Array {
  const { completions, questionOf, drops } = deps;
  const print = rows.rated.print;
  const state = new Uint8Array(rows.count);
  /** What was kept on each question: at most a few, since the others are not on the same question. */
  const kept = createLists(deps.questionCount);

  function isSame(a: Completion, b: Completion): boolean {
    if (a === NO_COMPLETION || b === NO_COMPLETION) return a === b;
    return completions.sameAs(print(a)) === completions.sameAs(print(b));
  }
  function isNear(a: Completion, b: Completion): boolean {
    if (a === NO_COMPLETION || b === NO_COMPLETION) return a === b;
    return deps.areNear(a, b);
  }
  /** The first of these that is so in both its completions. */
  function find(others: readonly number[], are: typeof isSame, row: number): number | undefined {
    for (const other of others) {
      if (!are(rows.completion(row), rows.completion(other))) continue;
      if (are(rows.rejected(row), rows.rejected(other))) return other;
    }
    return undefined;
  }

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
    const others = kept.at(question);
    const same = find(others, isSame, row);
    const near = same ?? find(others, isNear, row);
    if (near !== undefined) {
      collide(row, near, same === undefined ? 'near-duplicate' : 'duplicate');
      continue;
    }
    state[row] = KEPT;
    kept.add(question, row);
  }
  return order.filter((row) => state[row] === KEPT);
}
