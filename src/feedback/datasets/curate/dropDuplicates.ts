import type { Prints } from '../alike/createPrints.ts';
import { ANSWER_SHINGLE, jaccard, shinglesOf } from '../alike/fingerprint.ts';
import type { Completion } from '../Rated.ts';
import type { Row } from '../Row.ts';
import type { Drops } from '../reasons.ts';

/** From here on two texts are near-duplicates. */
const NEAR = 0.8;
/** An estimate from 128 hash functions is off by 0.035: between these the texts themselves are compared. */
const SURELY_NOT = 0.68;
const SURELY = 0.9;

/**
 * Takes out what stands there already, exactly or nearly, on the same question; the first by priority stays. What is
 * nearly the same and was called good here and bad there goes to review, both of it.
 * @param rows by priority
 */
export function dropDuplicates(
  rows: readonly Row[],
  deps: {
    readonly completions: Prints;
    readonly questionOf: (row: Row) => number;
    readonly textOf: (completion: Completion) => string;
    readonly drops: Drops;
    readonly contradiction: (row: Row) => void;
  },
): Row[] {
  const { completions, questionOf, textOf, drops } = deps;
  const taken = new Uint8Array(rows.length);
  /** What was kept on each question: at most a few, since the others are not on the same question. */
  const kept = new Map<number, number[]>();

  function isSame(a: Completion | undefined, b: Completion | undefined): boolean {
    return a && b ? completions.sameAs(a.print) === completions.sameAs(b.print) : a === b;
  }
  function isNear(a: Completion | undefined, b: Completion | undefined): boolean {
    if (!a || !b) return a === b;
    const estimate = completions.estimate(a.print, b.print);
    if (estimate < SURELY_NOT) return false;
    return (
      estimate >= SURELY ||
      jaccard(shinglesOf(textOf(a), ANSWER_SHINGLE), shinglesOf(textOf(b), ANSWER_SHINGLE)) >= NEAR
    );
  }
  function collide(item: number, other: number, reason: 'duplicate' | 'near-duplicate'): boolean {
    const [row, first] = [rows[item] as Row, rows[other] as Row];
    if (row.label === first.label) {
      drops.add(reason);
      return true;
    }
    drops.add('contradiction');
    deps.contradiction(row);
    if (taken[other] === 1) {
      taken[other] = 2;
      drops.add('contradiction');
      deps.contradiction(first);
    }
    return true;
  }

  for (const [item, row] of rows.entries()) {
    const question = questionOf(row);
    if (row.rejected && isSame(row.completion, row.rejected)) {
      drops.add('nothing-to-prefer');
      continue;
    }
    const others = kept.get(question) ?? [];
    const known = others.find((other) => {
      const first = rows[other] as Row;
      return isSame(row.completion, first.completion) && isSame(row.rejected, first.rejected);
    });
    if (known !== undefined) {
      collide(item, known, 'duplicate');
      continue;
    }
    const isDropped = others.some((other) => {
      const first = rows[other] as Row;
      return (
        isNear(row.completion, first.completion) &&
        isNear(row.rejected, first.rejected) &&
        collide(item, other, 'near-duplicate')
      );
    });
    if (isDropped) continue;
    taken[item] = 1;
    others.push(item);
    kept.set(question, others);
  }
  return rows.filter((_, item) => taken[item] === 1);
}
