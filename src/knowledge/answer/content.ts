import { stem } from '../words/stem.ts';
import { functionWords } from '../words/stopWords.ts';
import { tokens } from '../words/tokenize.ts';

/**
 * What a text is about: its stems in reading order, function words left out; of scripts without spaces only the pairs,
 * since a single character says little.
 * @param language ISO 639-1 or `und`
 */
export function contentTokens(text: string, language: string): string[] {
  const left = leftOut(language);
  return tokens(text, language).filter((token) => WORDLY.test(token) && !left.has(token) && !IDEOGRAPH.test(token));
}

/** The same as a set. */
export function contentSet(text: string, language: string): ReadonlySet<string> {
  return new Set(contentTokens(text, language));
}

/** Function words as they are listed and as they are stemmed, since tokens are stems. */
export function leftOut(language: string): ReadonlySet<string> {
  const known = leftOutSets.get(language);
  if (known) return known;
  const words = [...functionWords(language === 'und' ? 'en' : language)];
  const made = new Set([...words, ...words.map((word) => stem(word, language))]);
  leftOutSets.set(language, made);
  return made;
}

/** True for what people do not paraphrase: numbers, versions, identifiers, error codes. */
export function isMarked(token: string): boolean {
  return MARK.test(token);
}

/** An emoji may be searched for, but nobody asks about it in so many words. */
const WORDLY = /[\p{L}\p{N}]/u;
const IDEOGRAPH = /^\p{Script=Han}$/u;
const MARK = /[\p{N}_\-./:@+#]/u;
const leftOutSets = new Map<string, ReadonlySet<string>>();
