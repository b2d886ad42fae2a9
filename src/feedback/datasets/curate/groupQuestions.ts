import type { Prints } from '../alike/createPrints.ts';
import { createSets } from '../alike/createSets.ts';

/** Estimated Jaccard similarity of words and pairs of words from which two questions ask the same. */
const SAME_QUESTION = 0.5;

/**
 * Puts questions that ask the same into one group: the same text, or most of its pairs of words.
 * @returns the group of each fingerprint, named by its first member, as a small number
 */
export function groupQuestions(questions: Prints): (number: number) => number {
  const placeOf = new Int32Array(questions.count);
  const distinct = new Int32Array(questions.count);
  let count = 0;
  for (let number = 0; number < questions.count; number++) {
    const first = questions.sameAs(number);
    placeOf[number] = first === number ? count : (placeOf[first] as number);
    if (first === number) distinct[count++] = number;
  }
  const numbers = distinct.subarray(0, count);
  const sets = createSets(count);
  questions.pairs(numbers, (one, other) => {
    if (sets.find(one) === sets.find(other)) return;
    if (questions.estimate(numbers[one] as number, numbers[other] as number) >= SAME_QUESTION) sets.join(one, other);
  });
  return (number) => sets.find(placeOf[number] as number);
}
