import { neutraliseMentions } from './neutralise.ts';
import { beginsTable, tableAsText } from './tables.ts';

/**
 * An answer's Markdown as Slack's markdown block shows it well: tables made of text, images as links, nobody called.
 * Whole units (a sentence, an item, a table, a code block) may be given one after the other.
 */
export function slackMarkdown(markdown: string): string {
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
  return neutraliseMentions(out.join('\n'));
}

/** The fence (``` or ~~~) of the code block that is open after a line, if one is. */
export function fenceAfter(open: string | undefined, line: string): string | undefined {
  const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (!mark?.[1]) return open;
  if (open === undefined) return mark[1].startsWith('`') && mark[2]?.includes('`') ? undefined : mark[1];
  const closes = mark[1][0] === open[0] && mark[1].length >= open.length && mark[2]?.trim() === '';
  return closes ? undefined : open;
}
