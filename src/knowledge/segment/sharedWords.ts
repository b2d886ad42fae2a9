import type { Turn } from './scene.ts';
import { createSieve } from './sieve.ts';

/**
 * How much of what the last turn talks about each earlier turn shares: the sum of its common words' weights, at most 3.
 * A word weighs by how rare it is in this window and by its shape; there are no statistics from outside the window,
 * so that the same window always gives the same figures.
 */
export function sharedWords(turns: readonly Turn[]): Float64Array {
  const last = turns.length - 1;
  const mine = new Map<string, number>();
  const maybe = createSieve();
  const now = (turns[last] as Turn).said;
  for (const word of now.words) mine.set(word, 0);
  for (const place of now.wordPlaces) maybe[place] = 1;
  const common: string[][] = [];
  for (let index = 0; index < last; index += 1) {
    const { words, wordPlaces } = (turns[index] as Turn).said;
    const found: string[] = [];
    for (let at = 0; at < wordPlaces.length; at += 1) {
      if (maybe[wordPlaces[at] as number] === 0) continue;
      const word = words[at] as string;
      const messages = mine.get(word);
      if (messages === undefined) continue;
      mine.set(word, messages + 1);
      found.push(word);
    }
    common.push(found);
  }
  return Float64Array.from(common, (words) => {
    let sum = 0;
    for (const word of words) sum += weightOf(word) * rarity(mine.get(word) as number, last);
    return Math.min(sum, 3);
  });
}

/** 1 for a word that occurs once in a hundred messages, 0 for one that a fifth of the messages have. */
function rarity(messages: number, of: number): number {
  return Math.max(0, Math.min(1, Math.log((of + 20) / 5 / messages) / Math.log(24)));
}

/** Longer words and identifiers (digits, dots, slashes, underscores inside) say more than short ones. */
function weightOf(word: string): number {
  if (/[\p{N}_./#+-]/u.test(word)) return 1.2;
  const { length } = word;
  if (/^[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) return 0.6;
  return length < 4 ? 0.15 : length < 5 ? 0.4 : length < 7 ? 0.8 : 1;
}
