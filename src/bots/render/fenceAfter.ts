/** The fence (``` or ~~~) of the code block that is open after a line of Markdown, if one is. */
export function fenceAfter(open: string | undefined, line: string): string | undefined {
  const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (!mark?.[1]) return open;
  if (open === undefined) return mark[1].startsWith('`') && mark[2]?.includes('`') ? undefined : mark[1];
  const closes = mark[1][0] === open[0] && mark[1].length >= open.length && mark[2]?.trim() === '';
  return closes ? undefined : open;
}
