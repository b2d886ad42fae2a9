import type { Line } from './pageLines.ts';

/** Lines of one page that belong together. */
export interface Block {
  readonly kind: 'paragraph' | 'item';
  readonly text: string;
  /** Of its letters, in points. */
  readonly size: number;
  /** It stops in the middle of a sentence: the next page may go on. */
  readonly isOpen: boolean;
}

const MARKER = /^[•◦▪▫‣●○■□⁃∙·–—*-]\s+(?=\S)/u;
const ENDS = /[.!?…:;。！？]["'”’»)\]]*$/u;

/**
 * Groups the lines of a page into paragraphs and list items: by the gaps between lines, a change of size, a marker, an
 * indent or a short last line. Most PDFs say no more about themselves.
 *
 * @param compounds words that the document writes with a hyphen in the middle of a line, so that one which is cut there
 * keeps it
 */
export function blocksOf(lines: readonly Line[], compounds: ReadonlySet<string>): Block[] {
  const gap = typicalGap(lines);
  const width = Math.max(0, ...lines.map(({ left, right }) => right - left));
  const blocks: Block[] = [];
  let group: Line[] = [];
  const flush = () => {
    if (group.length > 0) blocks.push(blockOf(group, width, compounds));
    group = [];
  };
  for (const line of lines) {
    const before = group.at(-1);
    if (before && isBreak(before, line, group, { gap, width })) flush();
    group.push(line);
  }
  flush();
  return blocks;
}

function isBreak(before: Line, line: Line, group: readonly Line[], page: { gap: number; width: number }): boolean {
  if (Math.abs(before.size - line.size) > Math.max(before.size, line.size) * 0.12) return true;
  if (MARKER.test(line.text)) return true;
  const down = before.y - line.y;
  // Up again: the next column, where the sentence may go on.
  if (down <= 0) return ENDS.test(before.text) || !/^\p{Ll}/u.test(line.text);
  if (down > page.gap * 1.35 + 0.5) return true;
  if (!ENDS.test(before.text)) return false;
  const isShort = before.right - before.left < page.width * 0.75 && group.length > 1;
  const isIndented = line.left - before.left > line.size * 0.8 && !MARKER.test(group[0]?.text ?? '');
  return isShort || isIndented;
}

/** The middle one of the distances between lines that follow one another downwards. */
function typicalGap(lines: readonly Line[]): number {
  const gaps = lines
    .slice(1)
    .map((line, at) => (lines[at]?.y ?? 0) - line.y)
    .filter((down) => down > 0)
    .sort((a, b) => a - b);
  const smallest = Math.min(...lines.map(({ size }) => size)) * 2.2;
  // A page of single lines (slides) has no gap within a paragraph to learn from.
  return Math.min(gaps[gaps.length >> 1] ?? smallest, smallest);
}

function blockOf(lines: readonly Line[], width: number, compounds: ReadonlySet<string>): Block {
  const first = lines[0]?.text ?? '';
  const isItem = MARKER.test(first);
  let text = first.replace(MARKER, '');
  let before = lines[0];
  for (const line of lines.slice(1)) {
    // Lines that end long before the margin were meant as lines: addresses, tables, verse, code.
    const isMeant = before !== undefined && before.right - before.left < width * 0.6;
    text = joinLines(text, line.text, { compounds, between: isMeant ? '\n' : ' ' });
    before = line;
  }
  const size = Math.max(...lines.map((line) => line.size));
  return { kind: isItem ? 'item' : 'paragraph', text, size, isOpen: !ENDS.test(text) };
}

/** Puts two lines together, a word that was cut at the end of the first included. */
export function joinLines(
  text: string,
  next: string,
  { compounds, between }: { readonly compounds: ReadonlySet<string>; readonly between: string },
): string {
  if (text.endsWith('\u00AD')) return text.slice(0, -1) + next;
  const head = /(\p{L}+)[-‐]$/u.exec(text)?.[1];
  const tail = /^\p{Ll}+/u.exec(next)?.[0];
  if (head === undefined || tail === undefined) return `${text}${between}${next}`;
  return compounds.has(`${head}-${tail}`.toLowerCase()) ? text + next : text.slice(0, -1) + next;
}

/** `well-known`, as it stands within a line. */
export function compoundsIn(pages: readonly (readonly Line[])[]): Set<string> {
  const found = new Set<string>();
  for (const { text } of pages.flat()) {
    for (const [word] of text.matchAll(/\p{L}+[-‐]\p{Ll}+/gu)) found.add(word.replace('‐', '-').toLowerCase());
  }
  return found;
}
