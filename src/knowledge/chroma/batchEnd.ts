import type { VectorRow } from '../VectorIndex.ts';

/** Beyond this a batch gets no faster, and holds up the searches that wait behind it. */
const maxRows = 1_000;
/** Well below the 40 MB that a server takes, and little enough to be put together without holding up the process. */
const maxBytes = 8_000_000;
/** A number as text, should the server not take base64. */
const bytesPerNumber = 22;
const bytesPerRow = 100;

/**
 * Where the batch that begins at `start` ends (exclusive): at least one row, and no more than a server takes.
 * @param serverMaxRows what the server says it takes; less than 1 for no limit
 */
export function batchEnd(rows: readonly VectorRow[], start: number, serverMaxRows: number): number {
  const last = Math.min(rows.length, start + (serverMaxRows < 1 ? maxRows : Math.min(serverMaxRows, maxRows)));
  let bytes = 0;
  for (let end = start; end < last; end++) {
    const row = rows[end];
    if (row === undefined) return end;
    bytes += row.vector.length * bytesPerNumber + row.id.length + bytesPerRow;
    if (bytes > maxBytes && end > start) return end;
  }
  return last;
}
