import { findPairs } from './findPairs.ts';
import { FINGERPRINT_BYTES, HASH_BYTES, SLOTS } from './fingerprint.ts';

/** Fingerprints by number, one behind the other: 100,000 small arrays would take ten times the memory. */
export interface Prints {
  readonly count: number;
  add(print: Uint8Array): number;
  /** The same, of `PRINT_WORDS` words that begin somewhere among others. */
  addFrom(words: Uint32Array, from: number): number;
  /** The first number that the same text has, give or take case and white space: equal for equal texts. */
  sameAs(number: number): number;
  /** The estimated Jaccard similarity of two texts. */
  estimate(one: number, other: number): number;
  /** Shows pairs that are alike: see `findPairs`. `one` and `earlier` are places in `numbers`. */
  pairs(numbers: Int32Array, see: (one: number, earlier: number) => void): void;
  /** Gives the memory back at once: tens of megabytes that would lie there until V8 collects its oldest objects. */
  free(): void;
}

const WORD_BYTES = 4;
/** Of 32 bits. */
export const PRINT_WORDS = FINGERPRINT_BYTES / WORD_BYTES;
const HASH_WORDS = HASH_BYTES / WORD_BYTES;
const SLOT_WORDS = SLOTS / WORD_BYTES;
const [LOW_BITS, HIGH_BITS, ONES] = [0x7f7f7f7f, 0x80808080, 0x01010101];
const AT_FIRST = 1024;

export function createPrints(): Prints {
  let words = new Uint32Array(PRINT_WORDS * AT_FIRST);
  /** For each number the first with the same text. */
  let firsts = new Int32Array(AT_FIRST);
  /** A table of these firsts by their hash, half empty, one behind a number's place when that is taken. */
  let places = new Int32Array(AT_FIRST * 2).fill(-1);
  let count = 0;

  function grow(): void {
    // Moved, so that the smaller ones are no garbage.
    words = new Uint32Array(words.buffer.transfer(words.byteLength * 2));
    firsts = new Int32Array(firsts.buffer.transfer(firsts.byteLength * 2));
    places = new Int32Array(firsts.length * 2).fill(-1);
    for (let number = 0; number < count; number++) if (firsts[number] === number) places[placeOf(number)] = number;
  }

  /** Where a text stands in the table, or would stand. */
  function placeOf(number: number): number {
    const mask = places.length - 1;
    // Half of a SHA-256 is as good a hash as there is.
    let place = (words[number * PRINT_WORDS] as number) & mask;
    for (;;) {
      const there = places[place] as number;
      if (there < 0 || isSame(there, number)) return place;
      place = (place + 1) & mask;
    }
  }

  function isSame(one: number, other: number): boolean {
    const [a, b] = [one * PRINT_WORDS, other * PRINT_WORDS];
    for (let word = 0; word < HASH_WORDS; word++) if (words[a + word] !== words[b + word]) return false;
    return true;
  }

  function addFrom(given: Uint32Array, from: number): number {
    if (count === firsts.length) grow();
    const at = count * PRINT_WORDS;
    // Word by word it is as fast as `set` of a view that has to be made.
    for (let word = 0; word < PRINT_WORDS; word++) words[at + word] = given[from + word] as number;
    const place = placeOf(count);
    if ((places[place] as number) < 0) places[place] = count;
    firsts[count] = places[place] as number;
    return count++;
  }

  return {
    get count() {
      return count;
    },
    add: (print) => addFrom(wordsOf(print), 0),
    addFrom,
    sameAs: (number) => firsts[number] as number,
    estimate(one, other) {
      const [a, b] = [one * PRINT_WORDS + HASH_WORDS, other * PRINT_WORDS + HASH_WORDS];
      let equal = 0;
      for (let word = 0; word < SLOT_WORDS; word++) {
        // Four slots at once: of the bytes that differ the highest bit is set, the others are counted.
        const differs = (words[a + word] as number) ^ (words[b + word] as number);
        const marked = ((differs & LOW_BITS) + LOW_BITS) | differs;
        equal += Math.imul((~marked & HIGH_BITS) >>> 7, ONES) >>> 24;
      }
      // Low bytes are equal by chance once in 256.
      return Math.max(0, (equal / SLOTS - 1 / 256) / (1 - 1 / 256));
    },
    free() {
      words = new Uint32Array(words.buffer.transfer(0));
    },
    pairs: (numbers, see) => findPairs({ words, eachWords: PRINT_WORDS, fromWord: HASH_WORDS }, numbers, see),
  };
}

/** The bytes as words, copied if they do not begin where a word may. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = beginsAWord(bytes) ? bytes : new Uint8Array(bytes);
  return new Uint32Array(buffer, byteOffset, length / WORD_BYTES);
}

const beginsAWord = ({ byteOffset }: Uint8Array) => byteOffset % WORD_BYTES === 0;
