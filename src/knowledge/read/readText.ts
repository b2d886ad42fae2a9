import type { Heading, Root, RootContent } from 'mdast';
import { breakBetween } from './breakBetween.ts';
import { firstHeading } from './firstHeading.ts';
import type { Page } from './Page.ts';
import { looksPreformatted } from './text/looksPreformatted.ts';

const MAX_PARAGRAPH = 16_384;
const UNDERLINE = /^([=\-~^"'`#*+])\1{2,}\s*$/;

/**
 * Reads plain text: paragraphs between blank lines, underlined headings (as in reStructuredText), and what looks like a
 * log or code kept line by line. `plain` says that it is none of the latter. A pure function that never throws.
 */
export function readText(text: string, options: { readonly fallbackTitle: string; readonly plain?: boolean }): Page {
  const body: Root = { type: 'root', children: [] };
  const levels: string[] = [];
  if (options.plain !== true && looksPreformatted(text)) {
    const value = text.replace(/\r\n?/g, '\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
    if (value !== '') body.children.push({ type: 'code', value });
    return { title: options.fallbackTitle, body };
  }
  for (const block of blocksOf(text)) {
    const found = headingOf(block, levels);
    if (found) body.children.push(found.heading);
    const lines = found ? block.slice(found.lines) : block;
    if (lines.length > 0) body.children.push(...paragraphsOf(lines));
  }
  return { title: firstHeading(body, 1) ?? options.fallbackTitle, body };
}

/** Runs of lines between blank ones; endless runs are cut. */
function* blocksOf(text: string): Generator<string[]> {
  let block: string[] = [];
  let length = 0;
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, end).trimEnd();
    start = end + 1;
    if (line.trim() !== '') block.push(line);
    length += line.length;
    if (block.length > 0 && (line.trim() === '' || length > MAX_PARAGRAPH)) {
      yield block;
      block = [];
      length = 0;
    }
  }
  if (block.length > 0) yield block;
}

/** A line, or an overlined one, with a rule of at least its length under it. The first rule seen is the top level. */
function headingOf(block: readonly string[], levels: string[]): { heading: Heading; lines: number } | undefined {
  const at = UNDERLINE.test(block[0] ?? '') ? 1 : 0;
  const title = block[at]?.trim() ?? '';
  const rule = block[at + 1];
  if (rule === undefined || title === '' || UNDERLINE.test(title) || !UNDERLINE.test(rule)) return undefined;
  if (rule.trim().length < title.length || title.length > 200) return undefined;
  const kind = `${at}${rule[0]}`;
  if (!levels.includes(kind)) levels.push(kind);
  const depth = Math.min(levels.indexOf(kind) + 1, 6) as Heading['depth'];
  return { heading: { type: 'heading', depth, children: [{ type: 'text', value: title }] }, lines: at + 2 };
}

/** Indented lines are kept as they stand, others are one paragraph; endless lines are cut between words. */
function paragraphsOf(lines: readonly string[]): RootContent[] {
  if (lines.length > 1 && lines.every((line) => /^(?: {2,}|\t)/.test(line)))
    return [{ type: 'code', value: lines.join('\n') }];
  const text = lines.map((line) => line.trim()).join('\n');
  const paragraphs: RootContent[] = [];
  let start = 0;
  while (start < text.length) {
    const end = breakBetween(text, start, MAX_PARAGRAPH);
    paragraphs.push({ type: 'paragraph', children: [{ type: 'text', value: text.slice(start, end).trim() }] });
    start = end;
  }
  return paragraphs;
}
