const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/** Wider than this, columns would be wrapped on most screens. */
const MOST_COLUMNS_WIDE = 76;

/** True when these two lines begin a table of GitHub's Markdown. */
export function beginsTable(head: string, next: string | undefined): boolean {
  return (
    next !== undefined &&
    head.includes('|') &&
    next.includes('-') &&
    DELIMITER.test(next) &&
    next.includes('|') &&
    cellsOf(head).length === cellsOf(next).length
  );
}

/**
 * A table as every Slack client shows it: columns of even width in a code block, or one item a row where they would
 * be too wide for that.
 * @param lines the header, the delimiter row and the rows
 */
export function tableAsText(lines: readonly string[]): string[] {
  const [head = [], ...rows] = lines.filter((_, i) => i !== 1).map((line) => cellsOf(line).map(plainCell));
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => widthOf(cells[column] ?? ''))));
  const total = widths.reduce((sum, width) => sum + width + 3, 0);
  if (total > MOST_COLUMNS_WIDE) return rows.map((cells) => asItem(head, cells));
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => (cells[column] ?? '') + ' '.repeat(width - widthOf(cells[column] ?? '')))
      .join(' │ ')
      .trimEnd();
  return ['```', line(head), widths.map((width) => '─'.repeat(width)).join('─┼─'), ...rows.map(line), '```'];
}

function asItem(head: readonly string[], cells: readonly string[]): string {
  const said = cells.flatMap((cell, column) =>
    cell === '' ? [] : [head[column] ? `**${head[column]}:** ${cell}` : cell],
  );
  return `- ${said.join(' · ')}`;
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

/** In a code block marks of emphasis would be shown as they are. */
function plainCell(cell: string): string {
  return cell
    .replace(/!?\[([^\]\n]*)\]\((\S+?)\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label} (${url})`,
    )
    .replace(/(\*\*|__|~~)(?=\S)(.+?)\1/g, '$2')
    .replace(/`/g, '')
    .replace(/<br ?\/?>/gi, ' ');
}

/** Characters of East Asian scripts and emoji take the room of two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  return width;
}
