import { newStemmer, type Stemmer } from 'snowball-stemmers';
import { fold } from './fold.ts';
import { stemArabic, stemGreek, stemHindi } from './lightStem.ts';

/**
 * The folded stem of a lower-case word as `language` (ISO 639-1, or `und`) inflects it. A word in another script than
 * the language's own is taken for English if it is Latin ("деплоить через pipelines"), for Russian if it is Cyrillic.
 * Never empty for a word that is not.
 */
export function stem(word: string, language: string): string {
  const stemmer = stemmerFor(word, language);
  if (stemmer === 'none' || word.length < 3) return fold(word) || word;
  const cache = caches.get(stemmer) ?? new Map<string, string>();
  caches.set(stemmer, cache);
  const known = cache.get(word);
  if (known !== undefined) return known;
  const found = fold(strip(word, stemmer)) || fold(word) || word;
  if (cache.size >= CACHED_WORDS) cache.clear();
  cache.set(word, found);
  return found;
}

const CACHED_WORDS = 50_000;
const caches = new Map<string, Map<string, string>>();
const stemmers = new Map<string, Stemmer>();

/** ISO 639-1 to the algorithm of snowball-stemmers. */
const SNOWBALL: Readonly<Record<string, string>> = {
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hu: 'hungarian',
  hy: 'armenian',
  it: 'italian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sl: 'slovene',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
};

/**
 * Languages that inflect at the end and have no stemmer here: the first letters serve nearly as well
 * (McNamee, Nicholas and Mayfield 2009, "Addressing morphological variation in alphabetic languages").
 */
const CUT_AT: Readonly<Record<string, number>> = {
  be: 6,
  bg: 6,
  et: 6,
  hr: 6,
  lt: 6,
  lv: 6,
  mk: 6,
  pl: 6,
  sk: 6,
  sr: 6,
  uk: 6,
};

const OWN: Readonly<Record<string, (word: string) => string>> = {
  ar: stemArabic,
  el: stemGreek,
  hi: stemHindi,
  mr: stemHindi,
};

const CYRILLIC = new Set(['be', 'bg', 'mk', 'ru', 'sr', 'uk']);
/** Languages that are not written in Latin letters: a Latin word there is a borrowed one. */
const NOT_LATIN = new Set([
  ...CYRILLIC,
  'ar',
  'el',
  'fa',
  'he',
  'hi',
  'hy',
  'ja',
  'ko',
  'mr',
  'ta',
  'th',
  'und',
  'ur',
  'zh',
]);

function stemmerFor(word: string, language: string): string {
  const first = word.charCodeAt(0);
  if (first < 0x250) return NOT_LATIN.has(language) ? 'en' : known(language);
  if (first >= 0x400 && first < 0x530) return CYRILLIC.has(language) ? known(language) : 'ru';
  if ((first >= 0x370 && first < 0x400) || (first >= 0x1f00 && first < 0x2000)) return 'el';
  if (first >= 0x600 && first < 0x700) return language === 'fa' || language === 'ur' ? 'none' : 'ar';
  if (first >= 0x900 && first < 0x980) return 'hi';
  return NOT_LATIN.has(language) ? known(language) : 'none';
}

function known(language: string): string {
  return language in SNOWBALL || language in CUT_AT || language in OWN ? language : 'none';
}

function strip(word: string, stemmer: string): string {
  const own = OWN[stemmer];
  if (own) return own(fold(word));
  const cut = CUT_AT[stemmer];
  if (cut !== undefined) return [...fold(word)].slice(0, cut).join('');
  const snowball = stemmers.get(stemmer) ?? newStemmer(SNOWBALL[stemmer] ?? 'english');
  stemmers.set(stemmer, snowball);
  return snowball.stem(word);
}
