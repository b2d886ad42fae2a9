import type { Prints } from '../alike/createPrints.ts';
import { createSets, type Sets } from '../alike/createSets.ts';
import type { Rated } from '../Rated.ts';
import type { Row } from '../Row.ts';

/** Below the 0.8 of a near-duplicate by four standard errors of the estimate. */
const ALIKE = 0.65;
/** Short answers ("Yes, on Mondays.") are alike without being the same example. */
const TELLING_TOKENS = 12;
/** Of a passage that everything rests on, so many rows are looked at. */
const LOOKED_AT = 64;

/**
 * What has to stay on one side of a split: rows on the same question, rows with nearly the same answer, and rows that are
 * mostly the same passages. Too much together does no harm, too little would leak.
 * @returns the group of each row
 */
export function groupRows(rows: readonly Row[], completions: Prints, questionOf: (row: Row) => number): number[] {
  const sets = createSets(rows.length);
  const firsts = new Map<number, number>();
  rows.forEach((row, item) => {
    const first = firsts.get(questionOf(row));
    if (first === undefined) firsts.set(questionOf(row), item);
    else sets.join(first, item);
  });
  joinByAnswers(rows, completions, sets);
  joinByPassages(rows, sets);
  return rows.map((_, item) => sets.find(item));
}

function joinByAnswers(rows: readonly Row[], completions: Prints, sets: Sets): void {
  const rowOf = new Int32Array(completions.count).fill(-1);
  const told: number[] = [];
  rows.forEach(({ completion, rejected }, row) => {
    for (const { tokens, print } of rejected ? [completion, rejected] : [completion]) {
      if (tokens < TELLING_TOKENS) continue;
      const same = completions.sameAs(print);
      const first = rowOf[same] as number;
      if (first >= 0) sets.join(row, first);
      else {
        rowOf[same] = row;
        told.push(same);
      }
    }
  });
  const numbers = Int32Array.from(told);
  completions.pairs(numbers, (one, earlier) => {
    const [a, b] = [numbers[one] as number, numbers[earlier] as number];
    const [row, other] = [rowOf[a] as number, rowOf[b] as number];
    if (sets.find(row) === sets.find(other)) return;
    if (completions.estimate(a, b) >= ALIKE) sets.join(row, other);
  });
}

/**
 * The whole of two rows is nearly the same when long passages are, whatever is asked of them. Two that share so much share
 * one of the passages that make up the first part of each (prefix filter, Chaudhuri et al. 2006), rare ones first.
 */
function joinByPassages(rows: readonly Row[], sets: Sets): void {
  const uses = new Map<number, number>();
  for (const { of } of rows) for (const { id } of of.context.passages) uses.set(id, (uses.get(id) ?? 0) + 1);
  const holders = new Map<number, number[]>();
  rows.forEach(({ of }, row) => {
    const { passages } = of.context;
    const rareFirst =
      passages.length < 2
        ? passages
        : [...passages].sort((a, b) => (uses.get(a.id) ?? 0) - (uses.get(b.id) ?? 0) || a.id - b.id);
    let left = (1 - ALIKE) * wholeTokens(of);
    for (const { id, tokens } of rareFirst) {
      if (left < 0) break;
      left -= tokens;
      const known = holders.get(id) ?? [];
      for (let at = known.length - 1; at >= Math.max(0, known.length - LOOKED_AT); at--) {
        const other = known[at] as number;
        if (sets.find(row) !== sets.find(other) && overlap(of, (rows[other] as Row).of) >= ALIKE) sets.join(row, other);
      }
      known.push(row);
      holders.set(id, known);
    }
  });
}

/** The share of two prompts that is the same passages, by tokens. */
function overlap(a: Rated, b: Rated): number {
  const known = new Map(a.context.passages.map(({ id, tokens }) => [id, tokens]));
  const shared = b.context.passages.reduce((sum, { id }) => sum + (known.get(id) ?? 0), 0);
  return shared / Math.max(1, wholeTokens(a) + wholeTokens(b) - shared);
}

function wholeTokens({ questionTokens, answer, correction, context }: Rated): number {
  return (
    questionTokens +
    (answer ?? correction ?? { tokens: 0 }).tokens +
    context.passages.reduce((sum, { tokens }) => sum + tokens, 0)
  );
}
