import { contentSet, contentTokens, isMarked, leftOut } from './content.ts';

/** One thing that a question is about. */
export interface Asked {
  readonly token: string;
  readonly weight: number;
  /** A name, a number, an identifier: nothing else can stand for it. */
  readonly isKey: boolean;
}

/** How rare a token is in everything that could have been found: 0 it is everywhere, 1 it is nowhere; if known. */
export type Rarity = (token: string) => number | undefined;

/**
 * What a question is about, each thing once: stems, and dictionary words where no spaces are written. Names and
 * identifiers weigh more than words, long words more than short ones, rare ones more than frequent ones if that is known.
 * @param language ISO 639-1 or `und`
 */
export function askedFor(question: string, language: string, rarity?: Rarity): Asked[] {
  const names = CAPITALISES_NOUNS.has(language) ? NOBODY : contentSet((question.match(NAME) ?? []).join(' '), language);
  return [...new Set(questionTokens(question, language))].map((token) => {
    const known = rarity?.(token);
    const base = known === undefined ? guessedRarity(token) : 0.1 + known;
    const isKey = isMarked(token) || names.has(token);
    return { token, isKey, weight: isKey ? base * 1.5 : base };
  });
}

/** The share of the question, by weight, that a set of content tokens has, 0 to 1; 0 if nothing is asked. */
export function coverage(asked: readonly Asked[], found: ReadonlySet<string>): number {
  let total = 0;
  let covered = 0;
  for (const { token, weight } of asked) {
    total += weight;
    covered += weight * presence(token, found);
  }
  return total === 0 ? 0 : covered / total;
}

/**
 * How much of a token is there, 0 to 1: the token itself; for a word without spaces the share of its pairs; else a token
 * of the same family ("Verteidigung" in "Verteidigungslinie", what a stemmer left different) counts in part.
 */
export function presence(token: string, found: ReadonlySet<string>): number {
  if (found.has(token)) return 1;
  if (RUN.test(token)) return runPresence([...token], found);
  if (token.length < MIN_FAMILY_CHARS || isMarked(token)) return 0;
  const beginning = token.slice(0, Math.max(4, Math.ceil(token.length * 0.6)));
  for (const other of found) {
    if (other.startsWith(beginning) || other.includes(token)) return FAMILY_SHARE;
    if (other.length >= MIN_FAMILY_CHARS && token.includes(other)) return FAMILY_SHARE;
  }
  return 0;
}

const NOBODY: ReadonlySet<string> = new Set();
/** Capitals that are not those of a sentence's beginning. */
const NAME =
  /(?<=[\p{L}\p{N},;:)"'’”] +)\p{Lu}[\p{L}\p{M}\p{N}'’-]*|[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*|\b\p{Lu}{2,}\b/gu;
/** Nouns are capitalised there, so that a capital tells nothing about a name. */
const CAPITALISES_NOUNS = new Set(['de', 'lb']);
const RUN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;
const MIN_FAMILY_CHARS = 5;
const FAMILY_SHARE = 0.6;
const dictionary = new Intl.Segmenter('zh', { granularity: 'word' });

function questionTokens(question: string, language: string): string[] {
  if (!/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(question))
    return contentTokens(question, language);
  const left = leftOut(language);
  const found: string[] = [];
  for (const { segment, isWordLike } of dictionary.segment(question.normalize('NFKC'))) {
    if (!isWordLike) continue;
    if (!RUN.test(segment)) found.push(...contentTokens(segment, language));
    else if (!left.has(segment) && ![...segment].every((character) => left.has(character))) found.push(segment);
  }
  return found;
}

function runPresence(characters: readonly string[], found: ReadonlySet<string>): number {
  const only = characters[0] as string;
  if (characters.length === 1) return [...found].some((token) => token.includes(only)) ? 1 : 0;
  const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`);
  return pairs.filter((pair) => found.has(pair)).length / pairs.length;
}

/** Long words are rarer than short ones in every language that has words; pairs of characters are all alike. */
function guessedRarity(token: string): number {
  return /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(token)
    ? Math.min(1, 0.3 + token.length / 12)
    : 0.6;
}
