import { fenceAfter } from './fenceAfter.ts';
import { beginsTable, tableAsText } from './tables.ts';

/**
 * An answer's Markdown without what chat platforms do not show: tables are made of text, images are links. Whole units
 * (a sentence, an item, a table, a code block) may be given one after the other.
 */
export function plainMarkdown(markdown: string): string {
  const lines = markdown.split('\n');
  const out: string[] = [];
  let fence: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    fence = fenceAfter(fence, line);
    if (fence === undefined && beginsTable(line, lines[at + 1])) {
      let end = at + 2;
      while (end < lines.length && lines[end]?.includes('|')) end++;
      out.push(...tableAsText(lines.slice(at, end)));
      at = end - 1;
    } else out.push(fence === undefined ? line.replace(/!\[([^\]\n]*)\]\(/g, '[$1](') : line);
  }
  return out.join('\n');
}
