import { inReadingOrder, type Part } from './readingOrder.ts';

/** A line of text on a page, in points from the page's lower left corner. */
export interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Of its baseline. */
  readonly y: number;
  /** The size of most of its letters. */
  readonly size: number;
}

/** What PDF.js says of a run of letters: https://mozilla.github.io/pdf.js/api/draft/module-pdfjsLib.html, TextItem. */
export interface TextRun {
  readonly str: string;
  readonly width: number;
  readonly transform: readonly number[];
  readonly hasEOL: boolean;
  /** Which way it runs: `ltr`, `rtl` or `ttb`. Its own letters stand in the order of reading. */
  readonly dir: string;
}

/**
 * Puts the runs of a page together into lines, in the order in which the page draws them: that is the order of reading
 * in nearly all documents, columns included, while an order by place would read across the columns.
 */
export function linesOf(runs: readonly TextRun[]): Line[] {
  const lines: Line[] = [];
  let line: Growing | undefined;
  const flush = () => {
    const text = line && inReadingOrder(line.parts).replace(/\s+/gu, ' ').trim();
    if (line && text) lines.push({ text, left: line.left, right: line.right, y: line.y, size: line.size });
    line = undefined;
  };
  for (const run of runs) {
    const [, , c = 0, d = 0, x = 0, y = 0] = run.transform;
    const size = Math.hypot(c, d) || 1;
    const hasWords = run.str.trim() !== '';
    // A superscript is half a line up, the next line a whole one.
    if (line && hasWords && Math.abs(line.y - y) > Math.max(size, line.size) * 0.6) flush();
    if (hasWords && line === undefined) line = { parts: [], left: x, right: x, y, size, letters: 0 };
    if (line !== undefined) extend(line, run, { x, y, size });
    if (run.hasEOL) flush();
  }
  flush();
  return lines;
}

interface Growing {
  readonly parts: Part[];
  left: number;
  right: number;
  y: number;
  size: number;
  letters: number;
}

function extend(line: Growing, run: TextRun, { x, y, size }: { x: number; y: number; size: number }): void {
  const before = line.parts.at(-1)?.text ?? ' ';
  if (x - line.right > size * 0.25 && !/\s$/.test(before) && !/^\s/.test(run.str)) {
    line.parts.push({ text: ' ', x: line.right, isRightToLeft: false });
  }
  if (run.str !== '') line.parts.push({ text: run.str, x, isRightToLeft: run.dir === 'rtl' });
  if (run.str.trim() === '') return;
  line.left = Math.min(line.left, x);
  line.right = Math.max(line.right, x + run.width);
  if (run.str.length > line.letters) {
    line.letters = run.str.length;
    line.size = size;
    line.y = y;
  }
}
