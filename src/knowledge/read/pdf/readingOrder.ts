/** Some letters of a line, in the order of reading among themselves. */
export interface Part {
  readonly text: string;
  /** Where it begins, from the left. */
  readonly x: number;
  readonly isRightToLeft: boolean;
}

/** Letters as they look between others, as Arabic fonts have them, and ligatures (Unicode, "presentation forms"). */
const SHAPES = /[\uFB00-\uFDFF\uFE70-\uFEFC]+/gu;

/**
 * The text of a line out of its parts. Some programs draw Arabic and Hebrew letter by letter from the left, which is
 * backwards: what was drawn so is turned around, and in a line that is mostly such the numbers and foreign words in it
 * are left as they are (https://unicode.org/reports/tr9/, the rules L2 and N1, the other way round).
 */
export function inReadingOrder(parts: readonly Part[]): string {
  const letters = (isRightToLeft: boolean) =>
    parts.reduce((sum, part) => sum + (part.isRightToLeft === isRightToLeft ? wordsIn(part.text) : 0), 0);
  const foreign = letters(true);
  const isBackwards = foreign > 0 && isDrawnFromLeft(parts.filter((part) => part.isRightToLeft));
  const ordered = isBackwards ? turned(parts, foreign >= letters(false)) : parts;
  return ordered
    .map(({ text }) => text)
    .join('')
    .replace(SHAPES, (shaped) => shaped.normalize('NFKC'));
}

const wordsIn = (text: string) => text.match(/[\p{L}\p{M}]/gu)?.length ?? 0;

function isDrawnFromLeft(parts: readonly Part[]): boolean {
  let rightwards = 0;
  for (let at = 1; at < parts.length; at++) rightwards += (parts[at] as Part).x > (parts[at - 1] as Part).x ? 1 : -1;
  return rightwards > 0;
}

/** Turns the stretches around that run from right to left, or, in a line that does so itself, all but the others. */
function turned(parts: readonly Part[], isLine: boolean): Part[] {
  const stretches: { readonly turns: boolean; readonly parts: Part[] }[] = [];
  parts.forEach((part, at) => {
    const turns = directionAt(parts, at) ?? isLine;
    const last = stretches.at(-1);
    if (last?.turns === turns) last.parts.push(part);
    else stretches.push({ turns, parts: [part] });
  });
  if (isLine) stretches.reverse();
  return stretches.flatMap(({ turns, parts: some }) => (turns ? some.toReversed() : some));
}

/** True from right to left; undefined for a space or a sign between two that differ. */
function directionAt(parts: readonly Part[], at: number): boolean | undefined {
  const isNeutral = (part: Part) => !/[\p{L}\p{N}]/u.test(part.text);
  const own = parts[at] as Part;
  if (!isNeutral(own)) return own.isRightToLeft;
  const before = parts.slice(0, at).findLast((part) => !isNeutral(part))?.isRightToLeft;
  const after = parts.slice(at + 1).find((part) => !isNeutral(part))?.isRightToLeft;
  return before === after ? before : undefined;
}
