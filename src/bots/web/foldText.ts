/** A text for comparing, and where each of its characters stands in the one that was given. */
export interface FoldedText {
  readonly text: string;
  readonly at: readonly number[];
}

/** Takes case, accents and width away, in any script, so that "Café" is found by "cafe". */
export function foldText(given: string): FoldedText {
  let text = '';
  const at: number[] = [];
  let i = 0;
  for (const character of given) {
    const folded = fold(character);
    for (let unit = 0; unit < folded.length; unit++) at.push(i);
    text += folded;
    i += character.length;
  }
  at.push(given.length);
  return { text, at };
}

/** The same without the places. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
