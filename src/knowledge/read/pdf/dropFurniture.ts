import type { Line } from './pageLines.ts';

export interface PageOfLines {
  readonly lines: readonly Line[];
  /** The lower and the upper edge, in points. */
  readonly bottom: number;
  readonly top: number;
}

/** Header and footer stand in the outer parts of a page's height. */
const MARGIN_SHARE = 0.12;
const MIN_PAGES = 3;
/** A number that happens to count along with three pages may be that of a step or a quarter. */
const MIN_COUNTED_PAGES = 4;
/** Chapters have headers of their own, left and right pages take turns. */
const MIN_SHARE = 0.2;

/**
 * The pages without what only says where one is: lines in the upper or lower margin that come back at the same height on
 * many pages, the number of the page aside, and page numbers. A document of one or two pages keeps all but the latter.
 */
export function dropFurniture(pages: readonly PageOfLines[]): Line[][] {
  const seen = new Map<string, number>();
  pages.forEach((page, at) => {
    const patterns = page.lines.filter((line) => inMargin(line, page)).flatMap((line) => patternsOf(line, at + 1));
    for (const pattern of new Set(patterns)) seen.set(pattern, (seen.get(pattern) ?? 0) + 1);
  });
  const share = Math.ceil(pages.length * MIN_SHARE);
  const comesBack = (pattern: string, at: number) =>
    (seen.get(pattern) ?? 0) >= Math.max(at === 0 ? MIN_PAGES : MIN_COUNTED_PAGES, share);
  return pages.map((page, at) =>
    page.lines.filter((line) => {
      if (!inMargin(line, page)) return true;
      if (isPageNumber(line, at + 1, pages.length)) return false;
      return !patternsOf(line, at + 1).some(comesBack);
    }),
  );
}

function inMargin({ y }: Line, { bottom, top }: PageOfLines): boolean {
  const margin = (top - bottom) * MARGIN_SHARE;
  return y > top - margin || y < bottom + margin;
}

/**
 * What would be the same on another page: the line itself, or, counting along with the pages, its first or last number,
 * whatever stands beside it where that is at an edge (`Chapter 2: Naming 4`). Other numbers differ for a reason
 * (`Quarter 1`, `Quarter 2`).
 */
function patternsOf({ text, y }: Line, page: number): string[] {
  const counting = (number: string) => `#${Number(number) - page}`;
  const patterns = [text, text.replace(/\d{1,5}/, counting), text.replace(/\d{1,5}(?=\D*$)/, counting)];
  const [, first] = /^(\d{1,5})\s/.exec(text) ?? [];
  const [, last] = /\s(\d{1,5})$/.exec(text) ?? [];
  if (first !== undefined) patterns.push(`${counting(first)} …`);
  if (last !== undefined) patterns.push(`… ${counting(last)}`);
  return patterns.map((pattern) => `${Math.round(y)} ${pattern.toLowerCase()}`);
}

/** `7`, `- 7 -`, `vii`, `Page 7 of 12`. */
function isPageNumber({ text }: Line, page: number, pages: number): boolean {
  if (pages > 1 && /^[ivxlc]{1,7}$/i.test(text)) return true;
  const number = /^(?:\p{L}{1,6}\.?\s*)?[-–—|·\s]*(\d{1,4})(?:\s*(?:\/|of|von|de|sur|di)\s*\d{1,4})?[-–—|·\s]*$/iu.exec(
    text,
  );
  return number !== null && (pages > 1 || Number(number[1]) === page);
}
