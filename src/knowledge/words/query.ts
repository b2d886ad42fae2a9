import { scan, type Unit } from './scan.ts';
import { isFunctionWord } from './stopWords.ts';
import { runTokens, wholeToken, wordTokens } from './tokenize.ts';

/**
 * One thing that a question asks for. `alternatives` are tokens of which any will do (the stems of one word in several
 * languages); one with spaces is a phrase: its tokens must stand side by side. `weight` is 1 for a word of the
 * question, less for what is merely carried over from the thread.
 */
export interface QueryTerm {
  readonly alternatives: readonly string[];
  readonly weight: number;
}

export interface QueryLanguages {
  /** The question's language, as `detectLanguage` gives it. */
  readonly language: string;
  /** The languages of the passages that are searched: a word is looked for under each one's stem. */
  readonly passageLanguages: readonly string[];
}

/**
 * What a question looks for, in its order, each thing once, at most 256 of them. Function words and question words are
 * left out unless nothing else is left; identifiers are looked for whole and in parts.
 */
export function queryTerms(question: string, languages: QueryLanguages): QueryTerm[] {
  const units = scan(question.slice(0, MAX_CHARACTERS), languages.language);
  const shouted = units.every((unit) => unit.kind !== 'word' || unit.capitals);
  const stems = [...new Set([languages.language, ...languages.passageLanguages])];
  // "US" and "IT" are no function words, unless the whole question is shouted.
  const content = collect(
    units,
    languages.language,
    stems,
    (unit) => shouted || unit.kind !== 'word' || !unit.capitals,
  );
  return content.length > 0 ? content : collect(units, languages.language, stems, () => false);
}

/** Longer questions are pasted logs: their beginning says what they are about. */
const MAX_CHARACTERS = 20_000;
const MAX_TERMS = 256;

function collect(
  units: readonly Unit[],
  language: string,
  stems: readonly string[],
  droppable: (unit: Unit) => boolean,
): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  const add = (alternatives: readonly string[]): void => {
    const distinct = [...new Set(alternatives)];
    const key = distinct[0];
    if (key !== undefined && !terms.has(key) && terms.size < MAX_TERMS)
      terms.set(key, { alternatives: distinct, weight: 1 });
  };
  const addWord = (word: string, mayDrop: boolean): void => {
    if (mayDrop && (isFunctionWord(word, language) || isFunctionWord(word, languageOfBorrowed(language)))) return;
    const [whole, ...pairs] = wordTokens(word, stems[0] ?? 'und');
    const others = stems.slice(1).map((other) => wordTokens(word, other)[0] ?? word);
    add([whole ?? word, ...others]);
    for (const pair of pairs) add([pair]);
  };
  for (const unit of units) {
    if (unit.kind === 'word') addWord(unit.word, droppable(unit));
    else if (unit.kind === 'literal') add([unit.token]);
    else if (unit.kind === 'run') addRun(unit.text, language, droppable(unit), add);
    else addIdentifier(unit, stems, add, (part) => addWord(part, droppable(unit)));
  }
  if (language === 'vi') addNeighbours(units, add);
  return [...terms.values()];
}

/** Vietnamese parts its syllables, not its words, so two neighbours ask for their word, as two ideographs do. */
function addNeighbours(units: readonly Unit[], add: Add): void {
  units.forEach((unit, i) => {
    const next = units[i + 1];
    if (unit.kind !== 'word' || next?.kind !== 'word') return;
    if (isFunctionWord(unit.word, 'vi') || isFunctionWord(next.word, 'vi')) return;
    add([`${unit.word} ${next.word}`]);
  });
}

/** English words stand in questions of every language that is not written in Latin letters. */
function languageOfBorrowed(language: string): string {
  return NOT_LATIN.has(language) ? 'en' : language;
}
const NOT_LATIN = new Set(['und', 'ar', 'bg', 'el', 'fa', 'he', 'hi', 'ja', 'ko', 'ru', 'th', 'uk', 'zh']);

type Add = (alternatives: readonly string[]) => void;

function addRun(run: string, language: string, mayDrop: boolean, add: Add): void {
  for (const token of runTokens(run)) {
    const empty =
      isFunctionWord(token, language) ||
      (token.length === 2 && [...token].every((character) => isFunctionWord(character, language)));
    if (!(mayDrop && empty)) add([token]);
  }
}

function addIdentifier(
  unit: Extract<Unit, { kind: 'identifier' }>,
  stems: readonly string[],
  add: Add,
  addPart: (part: string) => void,
): void {
  const { wholes, parts, camel } = unit;
  const [first, ...others] = wholes;
  if (first !== undefined) {
    const spelled = stems.map((language) => wholeToken(first, camel, language));
    // "GitHub" asks for "git hub" written apart, but not for anything about git.
    const apart =
      camel && parts.length === 2 ? stems.map((l) => parts.map((p) => wordTokens(p, l)[0] ?? p).join(' ')) : [];
    add([...spelled, ...apart]);
    if (camel && parts.length === 2) return;
  }
  for (const other of others) add([other]);
  for (const part of parts) addPart(part);
}
