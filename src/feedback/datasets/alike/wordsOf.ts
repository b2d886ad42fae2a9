// Scripts that are written without spaces: each character with its marks is a word here. `&&` needs the `v` flag.
const UNSPACED = String.raw`[\p{L}&&[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]]`;
const WORD = new RegExp(String.raw`${UNSPACED}\p{M}*|[[\p{L}\p{N}\p{M}]--${UNSPACED}]+`, 'gv');

/**
 * A text's words in one form whatever its writing: lower case, compatibility characters made plain (NFKC), no
 * punctuation. Chinese, Japanese, Thai, Lao, Khmer and Burmese give one word a character. None for a text without letters
 * or digits.
 */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}
