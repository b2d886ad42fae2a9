import type { Blockquote, FootnoteDefinition, List, ListItem, RootContent, Table } from 'mdast';
import { type Fragment, fragment } from './Fragment.ts';
import type { PieceSize } from './Piece.ts';
import { renderBlock } from './renderBlock.ts';
import { splitCode } from './splitCode.ts';
import { splitText } from './splitText.ts';

/**
 * A block of a page as fragments of at most `max` tokens. Code and tables stay whole where they fit, lists are cut
 * between items above `target`, prose between sentences above `max`.
 */
export function splitBlock(node: RootContent, size: PieceSize): Fragment[] {
  switch (node.type) {
    case 'thematicBreak':
      return [];
    case 'code':
      return splitCode(node.value, node.lang ?? '', size).map((text) =>
        fragment(text, { begins: text.slice(text.indexOf('\n') + 1) }),
      );
    case 'list':
      return splitList(node, size);
    case 'table':
      return splitTable(node, size);
    case 'blockquote':
    case 'footnoteDefinition':
      return splitContainer(node, size);
    default:
      return splitProse(renderBlock(node), size);
  }
}

function splitProse(text: string, size: PieceSize): Fragment[] {
  if (text === '') return [];
  const whole = fragment(text, { leadsIn: /[:：][*_]*$/.test(text) });
  if (whole.tokens <= size.max) return [whole];
  return splitText(text, size).map((part) =>
    fragment(part.text, { begins: part.fresh, repeats: part.text !== part.fresh }),
  );
}

function splitContainer(node: Blockquote | FootnoteDefinition, size: PieceSize): Fragment[] {
  const whole = fragment(renderBlock(node));
  return whole.tokens <= size.max ? [whole] : node.children.flatMap((child) => splitBlock(child, size));
}

function splitList(list: List, size: PieceSize): Fragment[] {
  const whole = fragment(renderBlock(list));
  if (whole.tokens <= size.target) return [whole];
  const render = (items: ListItem[], from: number): string =>
    renderBlock({ ...list, children: items, ...(list.ordered && { start: (list.start ?? 1) + from }) });
  return groups(list.children, size.target, render).flatMap(({ items, from, text }) => {
    const made = fragment(text);
    if (made.tokens <= size.max) return [made];
    // Only a single item can be too long: its blocks go on their own, its number with the first.
    return items
      .flatMap((item) => item.children.flatMap((child) => splitBlock(child, size)))
      .map((part, at) => (at === 0 && list.ordered ? numbered(part, (list.start ?? 1) + from, size) : part));
  });
}

function numbered(part: Fragment, number: number, size: PieceSize): Fragment {
  const made = fragment(`${number}\\. ${part.text}`, part);
  return made.tokens <= size.max && !part.text.startsWith('`') ? made : part;
}

function splitTable(table: Table, size: PieceSize): Fragment[] {
  const whole = fragment(renderBlock(table));
  const [head, ...rows] = table.children;
  if (whole.tokens <= size.max || head === undefined) return whole.tokens <= size.max ? [whole] : [];
  const render = (part: Table['children']) => renderBlock({ ...table, children: [head, ...part] });
  if (rows.length === 0) return splitText(cells(whole.text), size).map(({ text }) => fragment(text));
  return groups(rows, size.target, render).flatMap(({ text }) => {
    const [, , ...own] = text.split('\n');
    const made = fragment(text, { begins: own.join('\n') });
    // A row that is too long for a table, or a header that is, is told as prose.
    return made.tokens <= size.max
      ? [made]
      : splitText(cells(text), size).map((part) => fragment(part.text, { begins: part.fresh }));
  });
}

/** A rendered table as lines of text. */
function cells(table: string): string {
  const lines = table.split('\n').filter((line) => !/^\|[\s:|-]*\|$/.test(line));
  return lines.map((line) => line.replace(/^\|\s*|\s*\|$/g, '').replace(/(?<!\\)\s*\|\s*/g, ' — ')).join('\n');
}

interface Group<T> {
  readonly items: T[];
  readonly from: number;
  readonly text: string;
}

/** Packs items in order into groups whose rendering has about `target` tokens; at least one item each. */
function groups<T>(items: readonly T[], target: number, render: (items: T[], from: number) => string): Group<T>[] {
  const made: Group<T>[] = [];
  const empty = fragment(render([], 0)).tokens;
  let group: T[] = [];
  let tokens = empty;
  const flush = (end: number) => {
    const from = end - group.length;
    if (group.length > 0) made.push({ items: group, from, text: render(group, from) });
    group = [];
    tokens = empty;
  };
  items.forEach((item, at) => {
    const cost = fragment(render([item], at)).tokens - empty + 1;
    if (group.length > 0 && tokens + cost > target) flush(at);
    group.push(item);
    tokens += cost;
  });
  flush(items.length);
  return made;
}
