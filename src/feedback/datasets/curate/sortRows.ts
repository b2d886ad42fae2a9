import type { Rows } from '../Rows.ts';

/** Corrections first, then what more people agree on, then what is older: what comes first is kept first. */
export function sortByPriority(rows: Rows, order: Int32Array): Int32Array {
  const { askedMs, isCorrection } = keysOf(rows);
  return order.sort(
    (a, b) =>
      (isCorrection[b] as number) - (isCorrection[a] as number) ||
      rows.voterCount(b) - rows.voterCount(a) ||
      (askedMs[a] as number) - (askedMs[b] as number) ||
      compare(rows.id(a), rows.id(b)),
  );
}

export function sortByTime(rows: Rows, order: Int32Array): Int32Array {
  const { askedMs } = keysOf(rows);
  return order.sort((a, b) => (askedMs[a] as number) - (askedMs[b] as number) || compare(rows.id(a), rows.id(b)));
}

/** What is compared two million times, looked up once. */
function keysOf(rows: Rows): { askedMs: Float64Array; isCorrection: Uint8Array } {
  const askedMs = new Float64Array(rows.count);
  const isCorrection = new Uint8Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    askedMs[row] = rows.askedMs(row);
    if (rows.kind(row) === 'correction') isCorrection[row] = 1;
  }
  return { askedMs, isCorrection };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
