import { fold } from './fold.ts';
import { scan, type Unit } from './scan.ts';
import { stem } from './stem.ts';

/** Names the rules: passages whose words were made by another version are to be tokenized again. */
export const WORDS_VERSION = 'words-1';

/**
 * The FTS5 table option under which our tokens, joined by spaces, survive unchanged. The `ascii` tokenizer takes every
 * character beyond ASCII as part of a token, and folds A to Z only, which our tokens do not have; the ASCII signs that
 * they may have are named. https://www.sqlite.org/fts5.html#ascii_tokenizer
 */
export const FTS_TOKENIZER = `tokenize="ascii tokenchars '_-./:@+#'"`;

/**
 * The tokens of a text as they are indexed, in reading order, function words included (a question may be about nothing
 * else, and which language's they are may have been guessed wrong). Words are stems, identifiers stand whole and in
 * parts, Chinese and Japanese as characters and pairs of them.
 * Every token matches [a-z0-9_\-./:@+#] or lies beyond ASCII, and has at most 64 UTF-16 units (pairs of runs aside).
 * @param language ISO 639-1 or `und`, as `detectLanguage` gives it
 */
export function tokens(text: string, language: string): string[] {
  const units = scan(text, language);
  const found: string[] = [];
  for (const unit of units) pushTokens(unit, language, found);
  // Vietnamese is often typed without its marks. The bare spelling stands at the end, so that neighbours stay neighbours.
  if (language === 'vi') {
    for (const unit of units) if (unit.kind === 'word' && fold(unit.word) !== unit.word) found.push(fold(unit.word));
  }
  return found;
}

function pushTokens(unit: Unit, language: string, into: string[]): void {
  if (unit.kind === 'word') for (const token of wordTokens(unit.word, language)) into.push(token);
  else if (unit.kind === 'literal') into.push(unit.token);
  else if (unit.kind === 'run') for (const token of runTokens(unit.text)) into.push(token);
  else {
    for (const whole of unit.wholes) into.push(wholeToken(whole, unit.camel, language));
    for (const part of unit.parts) for (const token of wordTokens(part, language)) into.push(token);
  }
}

/** One word's tokens: its stem; in Korean, whose particles cling to the word, also its pairs of syllables. */
export function wordTokens(word: string, language: string): string[] {
  if (!HANGUL.test(word)) return [language === 'vi' ? word : stem(word, language)];
  const syllables = [...word];
  return syllables.length <= 2 ? [word] : [word, ...pairs(syllables)];
}

/** "GitHub" is inflected like a word ("GitHubs"), `foo/bar.ts` is not. */
export function wholeToken(whole: string, camel: boolean, language: string): string {
  return camel ? stem(whole, language) : whole;
}

/**
 * The tokens of a run without spaces: for Chinese and Japanese each ideograph and each pair of neighbours, which needs
 * no dictionary, cannot be cut differently in question and passage, and measured best; dictionary words for Thai, Lao,
 * Khmer and Burmese, whose letters say too little in pairs.
 */
export function runTokens(run: string): string[] {
  if (SOUTH_EAST_ASIA.test(run)) {
    return Array.from(segmenter.segment(run), (s) => fold(s.segment).trim()).filter((s) => s && !/^\p{M}+$/u.test(s));
  }
  const characters = [...run];
  if (characters.length === 1) return characters;
  const found: string[] = [];
  characters.forEach((character, i) => {
    if (IDEOGRAPH.test(character)) found.push(character);
    const next = characters[i + 1];
    if (next !== undefined) found.push(character + next);
  });
  return found;
}

function pairs(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

const HANGUL = /\p{Script=Hangul}/u;
const IDEOGRAPH = /\p{Script=Han}/u;
const SOUTH_EAST_ASIA = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
// One dictionary segmenter serves all these scripts: ICU picks the dictionary by the letters.
const segmenter = new Intl.Segmenter('th', { granularity: 'word' });
