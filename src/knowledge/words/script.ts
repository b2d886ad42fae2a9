/** The script that carries the text, by weighed letters; `none` if it has no letters. */
export function scriptOf(text: string): string {
  let best = 'none';
  let bestWeight = 0;
  for (const [name, weight, letters] of SCRIPTS) {
    const count = (text.match(letters)?.length ?? 0) * weight;
    if (count > bestWeight) [best, bestWeight] = [name, count];
  }
  return best;
}

/** The language of a text in a script that (nearly) one language writes; undefined where words must decide. */
export function languageOfScript(script: string, text: string): string | undefined {
  if (script === 'Cjk') return KANA.test(text) ? 'ja' : 'zh';
  if (script === 'Cyrillic' || script === 'Latin') return undefined;
  if (script === 'Arabic') return URDU.test(text) ? 'ur' : PERSIAN.test(text) ? 'fa' : 'ar';
  return SINGLE[script];
}

// One ideograph says as much as several Latin letters, and names of products are Latin in every language.
const SCRIPTS: readonly (readonly [string, number, RegExp])[] = [
  ['Latin', 1, /\p{Script=Latin}/gu],
  ['Cjk', 4, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Hangul', 4, /\p{Script=Hangul}/gu],
  ...[
    'Cyrillic',
    'Greek',
    'Arabic',
    'Hebrew',
    'Thai',
    'Lao',
    'Khmer',
    'Myanmar',
    'Armenian',
    'Georgian',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
    'Gujarati',
    'Oriya',
    'Tamil',
    'Telugu',
    'Kannada',
    'Malayalam',
    'Sinhala',
    'Ethiopic',
  ].map((name) => [name, 2, new RegExp(`\\p{Script=${name}}`, 'gu')] as const),
];
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const PERSIAN = /[پچژگ]|ی(?!\p{L})/u;
const URDU = /[ٹڈڑںےہ]/u;

const SINGLE: Readonly<Record<string, string>> = {
  Hangul: 'ko',
  Greek: 'el',
  Hebrew: 'he',
  Thai: 'th',
  Lao: 'lo',
  Khmer: 'km',
  Myanmar: 'my',
  Armenian: 'hy',
  Georgian: 'ka',
  Devanagari: 'hi',
  Bengali: 'bn',
  Gurmukhi: 'pa',
  Gujarati: 'gu',
  Oriya: 'or',
  Tamil: 'ta',
  Telugu: 'te',
  Kannada: 'kn',
  Malayalam: 'ml',
  Sinhala: 'si',
  Ethiopic: 'am',
};
