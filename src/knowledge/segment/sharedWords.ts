import type { Turn } from './scene.ts';

/**
 * How much of what the last turn talks about each earlier turn shares: the sum of its common words' weights, at most 3.
 * A word weighs by how rare it is in this window and by its shape; there are no statistics from outside the window,
 * so that the same window always gives the same figures.
 */
export function sharedWords(turns: readonly Turn[]): Float64Array {
  const last = turns.length - 1;
  const mine = new Map<string, number>();
  for (const word of (turns[last] as Turn).said.words) mine.set(word, 0);
  const common: string[][] = [];
  for (let index = 0; index < last; index += 1) {
    const found = (turns[index] as Turn).said.words.filter((word) => mine.has(word));
    for (const word of found) mine.set(word, (mine.get(word) as number) + 1);
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
