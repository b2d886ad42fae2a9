import { createHash } from 'node:crypto';
import { hashWord, hashWords, mixed } from './hashWords.ts';

/** Hash functions of a MinHash signature; of each the low byte is kept (b-bit MinHash, Li and König 2010). */
export const SLOTS = 128;
/** Of the SHA-256, in front of the signature. */
export const HASH_BYTES = 16;
export const FINGERPRINT_BYTES = HASH_BYTES + SLOTS;
/** A change of `fingerprint` is a change of this. */
export const FINGERPRINT_VERSION = 1;

/** How many words in a row are one shingle: five for answers; two for questions, which are short. */
export const ANSWER_SHINGLE = 5;
export const QUESTION_SHINGLE = 2;

// Each multiplies and adds its own odd numbers: 128 permutations of 32 bits, the same in every run.
const FACTORS = Uint32Array.from({ length: SLOTS }, (_, slot) => mixed(slot * 2 + 1) | 1);
const TERMS = Uint32Array.from({ length: SLOTS }, (_, slot) => mixed(slot * 2 + 2));

/**
 * By what a text is known again: 16 bytes of the SHA-256 of its normalised form (NFKC, lower case, single spaces), then
 * its MinHash signature over shingles of `shingleWords` words (Broder 1997), a byte for each of 128 hash functions.
 * Made once, when the text is written; deterministic.
 */
export function fingerprint(text: string, shingleWords: number): Uint8Array {
  const found = new Uint8Array(FINGERPRINT_BYTES);
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  found.set(createHash('sha256').update(plain).digest().subarray(0, HASH_BYTES));
  found.set(signatureOf(shinglesOf(text, shingleWords)), HASH_BYTES);
  return found;
}

/** The shingles of a text as 32-bit hashes. A text shorter than one shingle is a shingle by itself. */
export function shinglesOf(text: string, shingleWords: number): Set<number> {
  const words = hashWords(text);
  const hashes = words.length > 0 ? words : [hashWord(text.trim())];
  const shingles = new Set<number>();
  const last = Math.max(0, hashes.length - shingleWords);
  for (let from = 0; from <= last; from++) {
    let shingle = 0x9e3779b9;
    for (let at = from; at < Math.min(from + shingleWords, hashes.length); at++) {
      shingle = mixed(Math.imul(shingle, 31) ^ (hashes[at] as number));
    }
    shingles.add(shingle);
  }
  return shingles;
}

/** The signature of a set of 32-bit hashes: the low byte of the least value of each hash function. */
function signatureOf(hashes: Iterable<number>): Uint8Array {
  const least = new Uint32Array(SLOTS).fill(0xffffffff);
  for (const hash of hashes) {
    for (let slot = 0; slot < SLOTS; slot++) {
      let value = (Math.imul(hash, FACTORS[slot] as number) + (TERMS[slot] as number)) >>> 0;
      // High bits of a product are better mixed than low ones.
      value = (value ^ (value >>> 15)) >>> 0;
      if (value < (least[slot] as number)) least[slot] = value;
    }
  }
  return Uint8Array.from(least, (value) => mixed(value) & 0xff);
}

/** The share of shingles that two texts have in common (Jaccard), exactly. */
export function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const shingle of a) if (b.has(shingle)) both++;
  const all = a.size + b.size - both;
  return all === 0 ? 1 : both / all;
}
