import { fold } from '../words/fold.ts';
import { detectLanguage } from '../words/language.ts';
import { scan } from '../words/scan.ts';
import { isFunctionWord } from '../words/stopWords.ts';

/**
 * Calls `add` with the hash and weight of each thing that a text is made of, as often as it stands there: the runs of
 * three to five letters within its words; single characters and pairs where words are not parted. Function words are
 * left out. The weights are measured: stems, whole words and pairs of words add nothing to a search that has them
 * already.
 */
export function addFeatures(text: string, add: (hash: number, weight: number) => void): void {
  const detected = detectLanguage(text);
  const language = detected === 'und' ? 'en' : detected;
  for (const unit of scan(text.slice(0, MAX_CHARACTERS), language)) {
    if (unit.kind === 'word') {
      if (unit.capitals || !isFunctionWord(unit.word, language)) addWord(fold(unit.word), add);
    } else if (unit.kind === 'identifier') {
      for (const word of [...unit.wholes.slice(0, 1), ...unit.parts]) {
        if (!isFunctionWord(word, language)) addWord(fold(word), add);
      }
    } else if (unit.kind === 'literal') add(hashOf(`=${unit.token}`, 0, unit.token.length + 1), LITERAL_WEIGHT);
    else addRun(unit.text, add);
  }
}

/** What stands further down no longer turns a direction that thousands of words have set. */
const MAX_CHARACTERS = 50_000;

const GRAM_WEIGHTS: readonly (readonly [length: number, weight: number])[] = [
  [3, 0.5],
  [4, 0.5],
  [5, 0.3],
];
/** The end of a word is its inflection. */
const ENDING_WORTH = 0.3;
const LITERAL_WEIGHT = 1;
const CHARACTER_WEIGHT = 1.5;
const PAIR_WEIGHT = 1;

type Add = (hash: number, weight: number) => void;

function addWord(word: string, add: Add): void {
  if (HANGUL.test(word)) {
    addRun(word, add);
    return;
  }
  const framed = `^${word}$`;
  // A long word has more grams, and is to weigh more than a short one, but not by all of them.
  const share = word.length ** -0.3;
  for (const [length, weight] of GRAM_WEIGHTS) {
    const last = framed.length - length;
    for (let from = 0; from <= last; from++) {
      add(hashOf(framed, from, from + length), weight * share * (from === last && from > 0 ? ENDING_WORTH : 1));
    }
  }
}

function addRun(run: string, add: Add): void {
  if (LETTERS_ONLY.test(run)) {
    for (const [length, weight] of GRAM_WEIGHTS) {
      for (let from = 0; from + length <= run.length; from++) add(hashOf(run, from, from + length), weight);
    }
    return;
  }
  const characters = [...run];
  characters.forEach((character, i) => {
    if (WHOLE_SYLLABLE.test(character)) add(hashOf(character, 0, character.length), CHARACTER_WEIGHT);
    const pair = character + (characters[i + 1] ?? '');
    if (pair.length > character.length) add(hashOf(pair, 0, pair.length), PAIR_WEIGHT);
  });
}

const HANGUL = /\p{Script=Hangul}/u;
const WHOLE_SYLLABLE = /[\p{Script=Han}\p{Script=Hangul}]/u;
const LETTERS_ONLY = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** FNV-1a over UTF-16 units, then MurmurHash3's finisher, so that the low bits are as good as the high ones. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
