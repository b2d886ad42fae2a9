import { FUNCTION_WORDS } from './functionWords.ts';
import { languageOfScript, scriptOf } from './script.ts';

/**
 * The language of a text as ISO 639-1, or `und` when nothing tells: no letters, a bare name, a word or two that many
 * languages could have. A script that one language writes decides; else the function words do, which are sure in short
 * questions too, where n-grams guess. Latin letters in a language that is not listed give `und`, and `und` on both
 * sides still finds. Reads the first 2,000 characters of prose: code, links and mentions do not count.
 * @param among the languages of the space, which win where the evidence is even
 */
export function detectLanguage(text: string, among: readonly string[] = []): string {
  const prose = text.slice(0, READ_CHARACTERS).toWellFormed().normalize('NFKC').replace(NOT_PROSE, ' ');
  const script = scriptOf(prose);
  if (script === 'none') return 'und';
  const found = languageOfScript(script, prose) ?? byWords(prose, among);
  return found === 'und' && script === 'Cyrillic' ? 'ru' : found;
}

const READ_CHARACTERS = 2_000;
const NOT_PROSE =
  /```[\s\S]*?(?:```|$)|`[^`\n]*`|https?:\/\/[!-~]+|<[@#!:][^>]*>|:[a-z0-9_+-]+:|[!-~]*[\d_/@\\=][!-~]*/giu;

/** Less evidence than this (a word that three languages share) is none. */
const ENOUGH = 0.4;
/** Among languages this close to the best, those of the space win. */
const EVEN = 0.7;

function byWords(prose: string, among: readonly string[]): string {
  const scores = wordEvidence(prose);
  const best = Math.max(0, ...scores.values());
  if (best < ENOUGH) return 'und';
  const close = [...scores].filter(([, score]) => score >= best * EVEN).sort((a, b) => b[1] - a[1]);
  const [first, second] = close;
  const local = close.find(([language]) => among.includes(language));
  if (local) return local[0];
  return !first || (first[1] < 1 && second?.[1] === first[1]) ? 'und' : first[0];
}

/** How many of each language's function words and letters there are, each shared among the languages that have it. */
function wordEvidence(prose: string): Map<string, number> {
  const scores = new Map<string, number>();
  const add = (languages: readonly string[] | undefined, weight: number): void => {
    for (const language of languages ?? []) {
      scores.set(language, (scores.get(language) ?? 0) + weight / Math.sqrt(languages?.length ?? 1));
    }
  };
  let first = true;
  for (const [surface] of prose.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
    const word = surface.toLowerCase();
    // "Los Angeles" is no Spanish and "A. Müller" no English: a capital counts at the beginning only.
    if (first || word === surface) add(ownersOfWords().get(word), 1);
    const ending = mayEndTelling(word) ? ENDING.exec(word) : null;
    if (ending) add(ENDING_OWNERS[ending[1] ?? ''], 0.4);
    const letter = ASCII.test(word) ? null : TELLING.exec(word);
    if (letter) add(LETTER_OWNERS[letter[0]] ?? ['vi'], word === surface ? 0.7 : 0.3);
    first = false;
  }
  return scores;
}

let owners: Map<string, string[]> | undefined;

function ownersOfWords(): ReadonlyMap<string, readonly string[]> {
  if (owners) return owners;
  owners = new Map();
  for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
    for (const word of new Set(words.split(/\s+/))) {
      const known = owners.get(word);
      if (known) known.push(language);
      else owners.set(word, [language]);
    }
  }
  return owners;
}

/** Endings of content words that few languages have, for questions that are nothing but content ("Removing my acc"). */
const ENDING_OWNERS: Readonly<Record<string, readonly string[]>> = {
  ing: ['en'],
  ings: ['en'],
  ed: ['en'],
  ly: ['en'],
  ness: ['en'],
  tion: ['en', 'fr'],
  tions: ['en', 'fr'],
  ment: ['en', 'fr', 'ca'],
  ung: ['de'],
  ungen: ['de'],
  lich: ['de'],
  keit: ['de'],
  ieren: ['de'],
  ción: ['es'],
  ciones: ['es'],
  dad: ['es'],
  ar: ['es', 'pt', 'sv', 'ro', 'ca'],
  dor: ['es', 'pt', 'ca'],
  ção: ['pt'],
  ções: ['pt'],
  dade: ['pt'],
  zione: ['it'],
  zioni: ['it'],
  ità: ['it'],
  té: ['fr'],
  eur: ['fr'],
  eurs: ['fr'],
  atie: ['nl'],
  lijk: ['nl'],
  heid: ['nl'],
  ość: ['pl'],
  ować: ['pl'],
  ání: ['cs'],
  ovat: ['cs', 'sk'],
  lar: ['tr'],
  ler: ['tr'],
};
const ENDINGS = new Set(Object.keys(ENDING_OWNERS));
const ENDING_LENGTHS = [...new Set([...ENDINGS].map((ending) => ending.length))];

/** Rules out most words, for less than the pattern costs. */
function mayEndTelling(word: string): boolean {
  return ENDING_LENGTHS.some((length) => word.length > length && ENDINGS.has(word.slice(-length)));
}

const ASCII = /^[a-z]+$/;
const ENDING = new RegExp(
  `\\p{L}{3}(${Object.keys(ENDING_OWNERS)
    .sort((a, b) => b.length - a.length)
    .join('|')})$`,
  'u',
);

/** Letters that few languages have, and who has them; the letters with two marks (ạ … ỹ) are Vietnamese. */
const LETTER_OWNERS: Readonly<Record<string, readonly string[]>> = {
  ß: ['de'],
  ä: ['de', 'fi', 'sv', 'et'],
  ö: ['de', 'fi', 'sv', 'hu', 'tr'],
  ü: ['de', 'tr', 'hu', 'et'],
  ç: ['fr', 'pt', 'tr', 'ca'],
  œ: ['fr'],
  ñ: ['es'],
  '¿': ['es'],
  ã: ['pt'],
  õ: ['pt', 'et'],
  ł: ['pl'],
  ę: ['pl', 'lt'],
  ő: ['hu'],
  ű: ['hu'],
  ğ: ['tr'],
  ı: ['tr'],
  ş: ['tr'],
  å: ['sv', 'da', 'no'],
  ø: ['da', 'no'],
  ř: ['cs'],
  ě: ['cs'],
  ů: ['cs'],
  ľ: ['sk'],
  ț: ['ro'],
  ș: ['ro'],
  ơ: ['vi'],
  ư: ['vi'],
  đ: ['vi', 'hr'],
  ė: ['lt'],
  ļ: ['lv'],
  ķ: ['lv'],
  і: ['uk'],
  ї: ['uk'],
  є: ['uk'],
  ы: ['ru'],
  э: ['ru'],
};
const TELLING = new RegExp(`[${Object.keys(LETTER_OWNERS).join('')}]|[ạ-ỹ]`, 'u');
