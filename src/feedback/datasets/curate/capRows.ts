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
  drops: Drops,
): Int32Array {
  const byQuestion = new Map<number, number>();
  const byPerson = new Map<number, number>();
  const isFull = (voter: number) => voter !== OPERATOR_VOTER && (byPerson.get(voter) ?? 0) >= caps.rowsPerPerson;
  return order.filter((row) => {
    const question = questionOf(row);
    const asked = byQuestion.get(question) ?? 0;
    if (asked >= caps.rowsPerQuestion) {
      drops.add('question-cap');
      return false;
    }
    const voters = rows.voters(row);
    if (voters.length > 0 && voters.every(isFull)) {
      drops.add('person-cap');
      return false;
    }
    byQuestion.set(question, asked + 1);
    for (const voter of voters) byPerson.set(voter, (byPerson.get(voter) ?? 0) + 1);
    return true;
  });
}
