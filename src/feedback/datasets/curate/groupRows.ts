import type { Prints } from '../alike/createPrints.ts';
import { createSets, type Sets } from '../alike/createSets.ts';
import { createLists } from '../createColumn.ts';
import { NO_COMPLETION, type Rated } from '../Rated.ts';
import type { Rows } from '../Rows.ts';

/** Below the 0.8 of a near-duplicate by four standard errors of the estimate. */
const ALIKE = 0.65;
/** Short answers ("Yes, on Mondays.") are alike without being the same example. */
const TELLING_TOKENS = 12;
/** Of a passage that everything rests on, so many rows are looked at. */
const LOOKED_AT = 64;

/**
 * What has to stay on one side of a split: rows on the same question, rows with nearly the same answer, and rows that are
 * mostly the same passages. Too much together does no harm, too little would leak.
 * @param order the numbers of rows
 * @returns the group of each, by its place in `order`
 */
export function groupRows(
  rows: Rows,
  order: Int32Array,
  completions: Prints,
  questionOf: (row: number) => number,
  questionCount: number,
): Int32Array {
  const sets = createSets(order.length);
  const firsts = createLists(questionCount);
  order.forEach((row, item) => {
    const question = questionOf(row);
    const [first] = firsts.at(question);
    if (first === undefined) firsts.add(question, item);
    else sets.join(first, item);
  });
  joinByAnswers(rows, order, completions, sets);
  joinByPassages(rows, order, sets);
  return order.map((_, item) => sets.find(item));
}

function joinByAnswers(rows: Rows, order: Int32Array, completions: Prints, sets: Sets): void {
  const { rated } = rows;
  const itemOf = new Int32Array(completions.count).fill(-1);
  const told: number[] = [];
  order.forEach((row, item) => {
    for (const completion of [rows.completion(row), rows.rejected(row)]) {
      if (completion === NO_COMPLETION || rated.tokens(completion) < TELLING_TOKENS) continue;
      const same = completions.sameAs(rated.print(completion));
      const first = itemOf[same] as number;
      if (first >= 0) sets.join(item, first);
      else {
        itemOf[same] = item;
        told.push(same);
      }
    }
  });
  const numbers = Int32Array.from(told);
  completions.pairs(numbers, (one, earlier) => {
    const [a, b] = [numbers[one] as number, numbers[earlier] as number];
    const [item, other] = [itemOf[a] as number, itemOf[b] as number];
    if (sets.find(item) === sets.find(other)) return;
    if (completions.estimate(a, b) >= ALIKE) sets.join(item, other);
  });
}

/**
 * The whole of two rows is nearly the same when long passages are, whatever is asked of them. Two that share so much share
 * one of the passages that make up the first part of each (prefix filter, Chaudhuri et al. 2006), rare ones first.
 */
function joinByPassages(rows: Rows, order: Int32Array, sets: Sets): void {
  const { rated } = rows;
  const uses = new Int32Array(rated.passageCount());
  for (const row of order) {
    for (const { id } of rated.context(rows.of(row)).passages) uses[id] = (uses[id] as number) + 1;
  }
  const holders = createLists(rated.passageCount());
  order.forEach((row, item) => {
    const of = rows.of(row);
    const { passages } = rated.context(of);
    const rareFirst =
      passages.length < 2
        ? passages
        : [...passages].sort((a, b) => (uses[a.id] as number) - (uses[b.id] as number) || a.id - b.id);
    let left = (1 - ALIKE) * wholeTokens(rated, of);
    for (const { id, tokens } of rareFirst) {
      if (left < 0) break;
      left -= tokens;
      const known = holders.at(id);
      for (let at = known.length - 1; at >= Math.max(0, known.length - LOOKED_AT); at--) {
        const other = known[at] as number;
        if (sets.find(item) === sets.find(other)) continue;
        if (overlap(rated, of, rows.of(order[other] as number)) >= ALIKE) sets.join(item, other);
      }
      holders.add(id, item);
    }
  });
}

/** The share of two prompts that is the same passages, by tokens. */
function overlap(rated: Rated, a: number, b: number): number {
  const known = new Map(rated.context(a).passages.map(({ id, tokens }) => [id, tokens]));
  const shared = rated.context(b).passages.reduce((sum, { id }) => sum + (known.get(id) ?? 0), 0);
  return shared / Math.max(1, wholeTokens(rated, a) + wholeTokens(rated, b) - shared);
}

function wholeTokens(rated: Rated, of: number): number {
  const [answer, correction] = [rated.answer(of), rated.correction(of)];
  const said = answer !== NO_COMPLETION ? answer : correction;
  const own = rated.questionTokens(of) + (said === NO_COMPLETION ? 0 : rated.tokens(said));
  return rated.context(of).passages.reduce((sum, { tokens }) => sum + tokens, own);
}
