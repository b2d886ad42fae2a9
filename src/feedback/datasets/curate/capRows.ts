import { OPERATOR_VOTER } from '../Rated.ts';
import type { Row } from '../Row.ts';
import type { Drops } from '../reasons.ts';

/**
 * At most so many rows on one question and by one person. A row is by the people behind it: it is left out when each of
 * them has enough already.
 * @param rows by priority
 */
export function capRows(
  rows: readonly Row[],
  caps: { readonly rowsPerQuestion: number; readonly rowsPerPerson: number },
  questionOf: (row: Row) => number,
  drops: Drops,
): Row[] {
  const byQuestion = new Map<number, number>();
  const byPerson = new Map<number, number>();
  return rows.filter((row) => {
    const question = questionOf(row);
    const asked = byQuestion.get(question) ?? 0;
    if (asked >= caps.rowsPerQuestion) {
      drops.add('question-cap');
      return false;
    }
    const isFull = (voter: number) => voter !== OPERATOR_VOTER && (byPerson.get(voter) ?? 0) >= caps.rowsPerPerson;
    if (row.voters.length > 0 && row.voters.every(isFull)) {
      drops.add('person-cap');
      return false;
    }
    byQuestion.set(question, asked + 1);
    for (const voter of row.voters) byPerson.set(voter, (byPerson.get(voter) ?? 0) + 1);
    return true;
  });
}
