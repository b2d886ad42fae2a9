import { fold } from './fold.ts';
import { FUNCTION_WORDS } from './functionWords.ts';

/** True if the lower-case word says nothing about what a text in `language` is about. False for unlisted languages. */
export function isFunctionWord(word: string, language: string): boolean {
  return functionWords(language).has(fold(word));
}

/** The function words of a language, folded. */
export function functionWords(language: string): ReadonlySet<string> {
  const known = sets.get(language);
  if (known) return known;
  const listed = FUNCTION_WORDS[ALIASES[language] ?? language];
  const words = new Set(listed?.split(/\s+/).map((word) => fold(word.normalize('NFKC'))));
  sets.set(language, words);
  return words;
}

const ALIASES: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };
const sets = new Map<string, ReadonlySet<string>>();
