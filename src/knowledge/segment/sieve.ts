/**
 * Says of most words that they are not in a set, without looking them up: a word falls on one of some thousand places,
 * and one whose place is not marked was not added (a Bloom filter with one hash function). Plain arrays and small
 * numbers, since a linker asks this thousands of times for one message.
 */
export type Sieve = Uint8Array;

const PLACES = 2_048;

export function createSieve(): Sieve {
  return new Uint8Array(PLACES);
}

/** Where a word falls: FNV-1a over UTF-16 units. `sieve[placeOf(word)] = 1` adds it. */
export function placeOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 16)) & (PLACES - 1);
}

export function placesOf(words: readonly string[]): Uint16Array {
  return Uint16Array.from(words, placeOf);
}
