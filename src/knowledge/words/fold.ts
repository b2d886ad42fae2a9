/**
 * Makes spellings that readers take for the same the same, script by script. Works on lower-case, NFKC-composed words.
 * Latin and Greek lose their accents, Arabic its vowel signs and the variants of alef, ya and ta marbuta, Hebrew its
 * points, Hindi its nukta; Cyrillic keeps й and ї, which are letters. Vietnamese marks tell words apart: the tokenizer
 * keeps both spellings there.
 */
export function fold(word: string): string {
  if (ASCII.test(word)) return word;
  let folded = word.replace(DIGIT, toAsciiDigit);
  if (ARABIC.test(folded)) {
    folded = folded.replace(ARABIC_MARKS, '').replace(/[أإآٱؤئىیةک]/gu, (letter) => ARABIC_LETTERS[letter] ?? letter);
  }
  if (LATIN_OR_GREEK.test(folded)) {
    folded = folded.normalize('NFD').replace(COMBINING, '').normalize('NFC');
    folded = folded.replace(/[ßæœøđłıðþςħ]/gu, (letter) => LETTERS[letter] ?? letter);
  }
  return folded.replace(/ё/gu, 'е').replace(/ँ/gu, 'ं').replace(HEBREW_OR_HINDI_POINTS, '').replace(INVISIBLE, '');
}

const ASCII = /^[\x20-\x7e]*$/;
const ARABIC = /\p{Script=Arabic}/u;
const ARABIC_MARKS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
const LATIN_OR_GREEK = /[\p{Script=Latin}\p{Script=Greek}]/u;
const COMBINING = /[\u0300-\u036f]/gu;
const HEBREW_OR_HINDI_POINTS = /[\u0591-\u05c7\u093c]/gu;
const INVISIBLE = /\p{Cf}|\ufe0f/gu;
const DIGIT = /(?![0-9])\p{Nd}/gu;

const ARABIC_LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ؤ: 'و',
  ئ: 'ي',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
};

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  ð: 'd',
  þ: 'th',
  ς: 'σ',
  ħ: 'h',
};

/** Decimal digits come in runs of ten, so a digit's value is how many digits stand right before it in its run. */
function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  for (let value = 0; value < 10; value++) {
    const zero = code - value;
    if (ZEROS.has(zero)) return String(value);
  }
  return digit;
}

// The zeros of Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Thai,
// Lao, Tibetan, Myanmar and Khmer. Full-width digits are gone after NFKC.
const ZEROS = new Set([
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0,
]);
