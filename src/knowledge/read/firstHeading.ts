import type { Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';

/** The text of the first heading of this depth, if there is one that says something. */
export function firstHeading(body: Root, depth: number): string | undefined {
  for (const node of body.children) {
    if (node.type !== 'heading' || node.depth !== depth) continue;
    const text = textOf(node).replace(/\s+/g, ' ').trim();
    if (text !== '') return text.length > 300 ? `${text.slice(0, 299).trimEnd()}…` : text;
  }
  return undefined;
}
