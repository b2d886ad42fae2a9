import type { Prints } from '../alike/createPrints.ts';
import { fingerprint, QUESTION_SHINGLE } from '../alike/fingerprint.ts';

/**
 * Adds the evaluation's questions behind those of the rows, so that they are grouped together.
 * @returns given the groups, those that hold an evaluation question
 */
export function addEvaluation(
  questions: Prints,
  evaluation: readonly string[],
): (groupOf: (number: number) => number) => Set<number> {
  const numbers = evaluation.map((question) => questions.add(fingerprint(question, QUESTION_SHINGLE)));
  return (groupOf) => new Set(numbers.map(groupOf));
}
