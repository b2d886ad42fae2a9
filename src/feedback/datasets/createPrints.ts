import type { Fingerprints } from '../../store/fingerprints.ts';
import type { PreferenceRecord } from '../record/PreferenceRecords.ts';
import {
  ANSWER_SHINGLE,
  FINGERPRINT_BYTES,
  FINGERPRINT_VERSION,
  fingerprint,
  QUESTION_SHINGLE,
} from './alike/fingerprint.ts';

/** Fingerprints by number, one behind the other: 100,000 small arrays would take ten times the memory. */
export interface Prints {
  readonly count: number;
  /** @param print its bytes, or these as hex */
  add(print: Uint8Array | string): number;
  at(number: number): Uint8Array;
}

export function createPrints(): Prints {
  let held = Buffer.alloc(FINGERPRINT_BYTES * 1024);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(print) {
      if ((count + 1) * FINGERPRINT_BYTES > held.length) {
        const larger = Buffer.alloc(held.length * 2);
        larger.set(held);
        held = larger;
      }
      const at = count * FINGERPRINT_BYTES;
      if (typeof print === 'string') held.write(print, at, 'hex');
      else held.set(print, at);
      return count++;
    },
    at: (number) => held.subarray(number * FINGERPRINT_BYTES, (number + 1) * FINGERPRINT_BYTES),
  };
}

export interface FoundPrints {
  question(record: PreferenceRecord): Uint8Array | string;
  answer(record: PreferenceRecord): Uint8Array | string;
  correction(eventId: number): Uint8Array;
}

/** The fingerprints of some records: those that are stored, and the rest made and stored. */
export function findPrints(store: Fingerprints, records: readonly PreferenceRecord[]): FoundPrints {
  const questions = found(
    store,
    'question',
    QUESTION_SHINGLE,
    records.flatMap(({ questionId, question, prints }) => (prints?.question ? [] : [[questionId, question.text]])),
  );
  const answers = found(
    store,
    'answer',
    ANSWER_SHINGLE,
    records.flatMap(({ answerId, answer, prints }) => (prints?.answer ? [] : [[answerId, answer.text]])),
  );
  const corrections = found(
    store,
    'correction',
    ANSWER_SHINGLE,
    records.flatMap(({ corrections: said }) =>
      said.map(({ eventId, text }): [string, string] => [String(eventId), text]),
    ),
  );
  return {
    question: ({ questionId, prints }) => prints?.question || (questions.get(questionId) as Uint8Array),
    answer: ({ answerId, prints }) => prints?.answer || (answers.get(answerId) as Uint8Array),
    correction: (eventId) => corrections.get(String(eventId)) as Uint8Array,
  };
}

/** Makes the fingerprints of texts as they are written, where there are none yet. */
export function storePrints(
  store: Fingerprints,
  texts: readonly { answerId: string; questionId: string; question: string; answer: string }[],
): void {
  found(
    store,
    'question',
    QUESTION_SHINGLE,
    texts.map(({ questionId, question }) => [questionId, question]),
  );
  found(
    store,
    'answer',
    ANSWER_SHINGLE,
    texts.map(({ answerId, answer }) => [answerId, answer]),
  );
}

function found(
  store: Fingerprints,
  kind: 'question' | 'answer' | 'correction',
  shingle: number,
  texts: readonly (readonly [string, string])[],
): Map<string, Uint8Array> {
  if (texts.length === 0) return new Map();
  const known = store.find(
    kind,
    texts.map(([key]) => key),
    FINGERPRINT_VERSION,
  );
  const made: { key: string; print: Uint8Array }[] = [];
  for (const [key, text] of texts) {
    if (known.has(key)) continue;
    const print = fingerprint(text, shingle);
    known.set(key, print);
    // Of a text that was erased nothing is kept.
    if (text !== '') made.push({ key, print });
  }
  if (made.length > 0) store.put(kind, FINGERPRINT_VERSION, made);
  return known;
}
