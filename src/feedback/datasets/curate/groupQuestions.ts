import { createSets } from '../alike/createSets.ts';
import { estimateAlike, findAlike } from '../alike/findAlike.ts';
import { exactOf, SLOTS, signaturePart } from '../alike/fingerprint.ts';
import type { Prints } from '../createPrints.ts';

/** Estimated Jaccard similarity of words and pairs of words from which two questions ask the same. */
const SAME_QUESTION = 0.5;

/**
 * Puts questions that ask the same into one group: the same text, or most of its pairs of words.
 * @returns the group of each fingerprint, named by its first member
 */
export function groupQuestions(questions: Prints): (number: number) => number {
  const firsts = new Map<string, number>();
  const distinct: number[] = [];
  const placeOf = new Int32Array(questions.count);
  for (let number = 0; number < questions.count; number++) {
    const exact = exactOf(questions.at(number));
    let place = firsts.get(exact);
    if (place === undefined) {
      place = distinct.length;
      firsts.set(exact, place);
      distinct.push(number);
    }
    placeOf[number] = place;
  }
  const sets = createSets(distinct.length);
  const signatures = signaturesOf(questions, distinct);
  findAlike(signatures, distinct.length, (one, other) => {
    if (sets.find(one) === sets.find(other)) return;
    if (estimateAlike(signatures, signatures, one * SLOTS, other * SLOTS) >= SAME_QUESTION) sets.join(one, other);
  });
  return (number) => sets.find(placeOf[number] as number);
}

/** The signatures of some fingerprints, one behind the other. */
export function signaturesOf(prints: Prints, numbers: readonly number[]): Uint8Array {
  const found = new Uint8Array(numbers.length * SLOTS);
  numbers.forEach((number, place) => {
    found.set(signaturePart(prints.at(number)), place * SLOTS);
  });
  return found;
}
