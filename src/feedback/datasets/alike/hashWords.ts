import { wordsOf } from './wordsOf.ts';

// FNV-1a, 32 bits. http://www.isthe.com/chongo/tech/comp/fnv/
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const ASCII_END = 0x80;
const TO_LOWER_CASE = 0x20;

/**
 * Each of a text's words (see `wordsOf`) as a hash of 32 bits, in their order. Most texts are plain ASCII: those are read
 * character by character, which takes a fifth of the time that making the words does.
 */
export function hashWords(text: string): number[] {
  const hashes: number[] = [];
  let hash = OFFSET;
  let isWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ASCII_END) return wordsOf(text).map(hashWord);
    const isCapital = code > 64 && code < 91;
    if (isCapital || (code > 96 && code < 123) || (code > 47 && code < 58)) {
      hash = Math.imul(hash ^ (isCapital ? code + TO_LOWER_CASE : code), PRIME);
      isWord = true;
    } else if (isWord) {
      hashes.push(mixed(hash >>> 0));
      hash = OFFSET;
      isWord = false;
    }
  }
  if (isWord) hashes.push(mixed(hash >>> 0));
  return hashes;
}

export function hashWord(word: string): number {
  let hash = OFFSET;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), PRIME);
  return mixed(hash >>> 0);
}

/** MurmurHash3's finisher: a bijection of 32 bits. */
export function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
