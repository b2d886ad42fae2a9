import type { FingerprintKind, Fingerprints } from '../../../store/fingerprints.ts';
import { ANSWER_SHINGLE, FINGERPRINT_VERSION, fingerprint, QUESTION_SHINGLE } from './fingerprint.ts';

const SHINGLES: Readonly<Record<FingerprintKind, number>> = {
  question: QUESTION_SHINGLE,
  answer: ANSWER_SHINGLE,
  correction: ANSWER_SHINGLE,
};

/**
 * The fingerprints of texts by their keys: those that are stored, and the rest made and stored.
 * @param texts pairs of key (the answer's id, for its question too; the event's) and text
 */
export function printsOf(
  store: Fingerprints,
  kind: FingerprintKind,
  texts: readonly (readonly [key: string, text: string])[],
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
    const print = fingerprint(text, SHINGLES[kind]);
    known.set(key, print);
    // Of a text that was erased nothing is kept.
    if (text !== '') made.push({ key, print });
  }
  if (made.length > 0) store.put(kind, FINGERPRINT_VERSION, made);
  return known;
}

/** Makes the fingerprints of texts as they are written, where there are none yet. */
export function storePrints(
  store: Fingerprints,
  texts: readonly { readonly answerId: string; readonly question: string; readonly answer: string }[],
): void {
  printsOf(
    store,
    'question',
    texts.map(({ answerId, question }) => [answerId, question]),
  );
  printsOf(
    store,
    'answer',
    texts.map(({ answerId, answer }) => [answerId, answer]),
  );
}
