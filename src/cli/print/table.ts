/** Rows in columns, the first row being their heads; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows.reduce<number[]>((most, row) => {
    row.forEach((cell, i) => {
      most[i] = Math.max(most[i] ?? 0, width(String(cell)));
    });
    return most;
  }, []);
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const padding = ' '.repeat((widths[i] ?? 0) - width(String(cell)));
          return typeof cell === 'number' ? padding + cell : cell + padding;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Characters of East Asian scripts take two columns. */
function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
  return columns;
}

/** 1,234,567 */
export const counted = (n: number) => n.toLocaleString('en-US');
/** 12.3 MB */
export const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MB`;
