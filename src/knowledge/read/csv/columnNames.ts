const MAX_NAME = 100;

/**
 * What the columns are called: the cells of the first row, if they look like names (words, each once), else `Column 1`,
 * `Column 2` …
 * @returns the names for as many columns as the widest row has, and whether the first row was the header
 */
export function columnNames(rows: readonly (readonly string[])[]): { names: string[]; isHeader: boolean } {
  const first = rows[0] ?? [];
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const given = first.map((cell) => cell.replace(/\s+/g, ' ').trim());
  const filled = given.filter((name) => name !== '');
  const isHeader =
    rows.length > 1 &&
    filled.length > 0 &&
    filled.length >= Math.min(2, width) &&
    filled.every((name) => name.length <= MAX_NAME && !isValue(name)) &&
    new Set(filled).size === filled.length;
  const names = Array.from({ length: width }, (_, at) => (isHeader && given[at] ? given[at] : `Column ${at + 1}`));
  return { names, isHeader };
}

/** Numbers, amounts, dates, addresses: what stands in rows, not above them. A year may head a column. */
function isValue(cell: string): boolean {
  if (/^(?:19|20)\d{2}$/.test(cell)) return false;
  return /^[-+]?[\p{Sc}\s]*[\d.,:/\s%-]*\d[\d.,:/\s%-]*\p{Sc}?$/u.test(cell) || /^\S+@\S+\.\S+$|^https?:/.test(cell);
}
