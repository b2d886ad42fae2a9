import type { Heading, Root, RootContent } from 'mdast';
import { type Block, joinLines } from './blocks.ts';

/** A heading is at least so much larger than the text, and no longer than this. */
const HEADING_RATIO = 1.15;
const HEADING_CHARACTERS = 160;
/** More of them than this share of all blocks are no headings, but text of several sizes. */
const HEADING_SHARE = 0.4;
const PAGE_DEPTH = 6;

/**
 * The blocks of all pages as one tree. Each page that says something begins with a heading `Page N`, below the headings
 * that are known by their size, and every heading leads to its page: `#page=N`, which browsers and Acrobat understand
 * (RFC 8118). A paragraph that goes on over the page stays one, with the page on which it begins.
 */
export function pageTree(pages: readonly (readonly Block[])[], compounds: ReadonlySet<string>): Root {
  const depths = headingDepths(pages);
  const children: RootContent[] = [];
  pages.forEach((blocks, at) => {
    const sheet = at + 1;
    let rest = blocks;
    const last = children.at(-1);
    const first = rest[0];
    const before = pages[at - 1]?.at(-1);
    if (first && before?.isOpen && last && goesOn(before, first) && !isHeading(before, depths)) {
      appendTo(last, first.text, compounds);
      rest = rest.slice(1);
    }
    if (rest[0] && at > 0 && !isHeading(rest[0], depths)) children.push(heading(`Page ${sheet}`, PAGE_DEPTH, sheet));
    for (const block of rest) children.push(...nodesOf(block, depths, sheet, children));
  });
  return { type: 'root', children };
}

const goesOn = (before: Block, next: Block) =>
  next.kind === 'paragraph' && /^\p{Ll}/u.test(next.text) && Math.abs(before.size - next.size) < before.size * 0.12;

function appendTo(node: RootContent, text: string, compounds: ReadonlySet<string>): void {
  const paragraph = node.type === 'list' ? node.children.at(-1)?.children[0] : node;
  const last = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined;
  if (last?.type === 'text') last.value = joinLines(last.value, text, { compounds, between: ' ' });
}

function nodesOf(block: Block, depths: Depths, sheet: number, before: RootContent[]): RootContent[] {
  if (isHeading(block, depths)) {
    return [heading(block.text.replaceAll('\n', ' '), depths.get(round(block.size)) as Heading['depth'], sheet)];
  }
  const paragraph = { type: 'paragraph' as const, children: [{ type: 'text' as const, value: block.text }] };
  if (block.kind === 'paragraph') return [paragraph];
  const item = { type: 'listItem' as const, spread: false, children: [paragraph] };
  const list = before.at(-1);
  if (list?.type !== 'list') return [{ type: 'list', ordered: false, spread: false, children: [item] }];
  list.children.push(item);
  return [];
}

function heading(text: string, depth: Heading['depth'], sheet: number): Heading {
  return {
    type: 'heading',
    depth,
    children: [{ type: 'text', value: text }],
    data: { anchor: `page=${sheet}`, sheet },
  };
}

type Depths = ReadonlyMap<number, Heading['depth']>;

const round = (size: number) => Math.round(size * 2) / 2;

const isHeading = (block: Block, depths: Depths) => depths.has(round(block.size)) && looksLikeHeading(block);

function looksLikeHeading({ kind, text }: Block): boolean {
  return kind === 'paragraph' && text.length <= HEADING_CHARACTERS && /\p{L}{2}/u.test(text) && !/[.,;]$/.test(text);
}

/** The sizes that headings have, the largest first, in up to four levels. */
function headingDepths(pages: readonly (readonly Block[])[]): Depths {
  const letters = new Map<number, number>();
  for (const { size, text } of pages.flat()) letters.set(round(size), (letters.get(round(size)) ?? 0) + text.length);
  const body = [...letters].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
  const all = pages.flat();
  const large = all.filter((block) => round(block.size) >= body * HEADING_RATIO && looksLikeHeading(block));
  if (body === 0 || large.length > Math.max(3, all.length * HEADING_SHARE)) return new Map();
  const sizes = [...new Set(large.map(({ size }) => round(size)))].sort((a, b) => b - a);
  return new Map(sizes.map((size, at) => [size, Math.min(at + 1, 4) as Heading['depth']]));
}
