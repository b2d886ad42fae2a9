/** A character of a script without spaces says about as much as this many letters. */
const IDEOGRAPH_LETTERS = 2.5;
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** How much is said, in letters and digits of an alphabet. */
export function countLetters(text: string): number {
  let letters = 0;
  for (const character of text.match(/[\p{L}\p{N}]/gu) ?? [])
    letters += IDEOGRAPH.test(character) ? IDEOGRAPH_LETTERS : 1;
  return letters;
}
