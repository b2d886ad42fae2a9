import { OPERATOR_VOTER } from '../Rated.ts';
import type { Rows } from '../Rows.ts';
import type { Drops } from '../reasons.ts';

/**
 * At most so many rows on one question and by one person. A row is by the people behind it: it is left out when each of
 * them has enough already.
 * @param order the numbers of rows, by priority
 */
export function capRows(
  rows: Rows,
  order: Int32Array,
  caps: { readonly rowsPerQuestion: number; readonly rowsPerPerson: number },
  questionOf: (row: number) => number,
  questionCount: number,
  drops: Drops,
): Int32Array {
  const byQuestion = new Int32Array(questionCount);
  const byPerson = new Map<number, number>();
  const has = (voter: number) => byPerson.get(voter) ?? 0;
  function areAllFull(row: number): boolean {
    const count = rows.voterCount(row);
    for (let n = 0; n < count; n++) {
      const voter = rows.voter(row, n);
      if (voter === OPERATOR_VOTER || has(voter) < caps.rowsPerPerson) return false;
    }
    return count > 0;
  }
  return order.filter((row) => {
    const question = questionOf(row);
    const asked = byQuestion[question] as number;
    if (asked >= caps.rowsPerQuestion) {
      drops.add('question-cap');
      return false;
    }
    if (areAllFull(row)) {
      drops.add('person-cap');
      return false;
    }
    byQuestion[question] = asked + 1;
    for (let n = rows.voterCount(row) - 1; n >= 0; n--) byPerson.set(rows.voter(row, n), has(rows.voter(row, n)) + 1);
    return true;
  });
}
