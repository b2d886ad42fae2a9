const CANDIDATES = [',', ';', '\t', '|'] as const;
const SAMPLE_CHARACTERS = 65_536;
const SAMPLE_ROWS = 100;

/**
 * What stands between the cells: what Excel's own first line says (`sep=;`), else the candidate that most rows of the
 * beginning hold in the same number, and of those the one that they hold most often. A comma where none does.
 */
export function guessDelimiter(text: string): string {
  const said = /^sep=(.)\r?\n/.exec(text)?.[1];
  if (said !== undefined) return said;
  const rows = rowsOf(text.slice(0, SAMPLE_CHARACTERS)).slice(0, SAMPLE_ROWS);
  let best = { delimiter: ',', agreeing: 0, count: 0 };
  for (const delimiter of CANDIDATES) {
    const tally = new Map<number, number>();
    for (const row of rows) {
      const count = row.split(delimiter).length - 1;
      if (count > 0) tally.set(count, (tally.get(count) ?? 0) + 1);
    }
    for (const [count, agreeing] of tally) {
      if (agreeing > best.agreeing || (agreeing === best.agreeing && count > best.count)) {
        best = { delimiter, agreeing, count };
      }
    }
  }
  return best.delimiter;
}

/** Rows without what stands in quotes: lines there are no rows, and delimiters there are text. */
function rowsOf(text: string): string[] {
  const bare = text.replace(/"[^"]*"/g, '');
  return bare.split(/\r\n?|\n/).filter((row) => row.trim() !== '');
}
