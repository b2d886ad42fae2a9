import type { WordSearch } from '../../store/wordSearch/wordSearch.ts';
import { contentSet } from '../answer/content.ts';

/**
 * How alike a question is to others by their words, 0 to 1: the share of the weight of both that they have in common
 * (Dice), a word weighing the more the fewer passages have it. "I would like to" is in many questions and tells nothing.
 */
export async function likenessesOf(
  words: Pick<WordSearch, 'counts'>,
  question: string,
  others: readonly string[],
  language: string,
): Promise<number[]> {
  if (others.length === 0) return [];
  const own = contentSet(question, language);
  const sets = others.map((other) => contentSet(other, language));
  const { counts, passages } = await words.counts([...new Set([own, ...sets].flatMap((set) => [...set]))]);
  const weight = (token: string) => Math.log(1 + passages / (1 + (counts.get(token) ?? 0)));
  const sum = (tokens: Iterable<string>) => [...tokens].reduce((total, token) => total + weight(token), 0);
  const total = sum(own);
  return sets.map((set) => {
    const both = total + sum(set);
    return both === 0 ? 0 : (2 * sum([...own].filter((token) => set.has(token)))) / both;
  });
}
