/** One cell of a sparse matrix of overlaps: how much `row` and `column` (small whole numbers from 0) have in common, above 0. */
export interface Overlap {
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/**
 * The greatest total weight of a one-to-one matching of rows to columns, exactly. Rows and columns that share nothing are never
 * matched, so the matrix falls into connected parts, each solved by itself: real groupings have many small ones.
 */
export function bestMatchingWeight(overlaps: readonly Overlap[]): number {
  let total = 0;
  for (const part of connectedParts(overlaps)) total += part.length === 1 ? (part[0] as Overlap).weight : solve(part);
  return total;
}

function connectedParts(overlaps: readonly Overlap[]): Overlap[][] {
  const byRow = Map.groupBy(overlaps, ({ row }) => row);
  const byColumn = Map.groupBy(overlaps, ({ column }) => column);
  const seenRows = new Set<number>();
  const seenColumns = new Set<number>();
  const parts: Overlap[][] = [];
  for (const start of byRow.keys()) {
    if (seenRows.has(start)) continue;
    seenRows.add(start);
    const part: Overlap[] = [];
    const rows = [start];
    for (let row = rows.pop(); row !== undefined; row = rows.pop()) {
      for (const cell of byRow.get(row) ?? []) {
        part.push(cell);
        if (seenColumns.has(cell.column)) continue;
        seenColumns.add(cell.column);
        for (const { row: next } of byColumn.get(cell.column) ?? []) {
          if (seenRows.has(next)) continue;
          seenRows.add(next);
          rows.push(next);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

/**
 * The Hungarian method by successive shortest paths with potentials (Jonker and Volgenant 1987), on the dense matrix of one
 * connected part with the smaller side as rows: O(rows² · columns).
 */
function solve(part: readonly Overlap[]): number {
  const rowIds = [...new Set(part.map(({ row }) => row))];
  const columnIds = [...new Set(part.map(({ column }) => column))];
  const flip = rowIds.length > columnIds.length;
  const rowAt = new Map((flip ? columnIds : rowIds).map((id, at) => [id, at]));
  const columnAt = new Map((flip ? rowIds : columnIds).map((id, at) => [id, at]));
  const rows = rowAt.size;
  const columns = columnAt.size;
  const weights = new Float64Array(rows * columns);
  for (const { row, column, weight } of part) {
    const at = (rowAt.get(flip ? column : row) as number) * columns + (columnAt.get(flip ? row : column) as number);
    weights[at] = weight;
  }
  const matched = new Int32Array(columns + 1).fill(-1);
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns + 1);
  const from = new Int32Array(columns + 1);
  for (let start = 0; start < rows; start += 1) {
    const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(columns + 1);
    matched[columns] = start;
    let column = columns;
    while ((matched[column] as number) >= 0) {
      used[column] = 1;
      const row = matched[column] as number;
      let step = Number.POSITIVE_INFINITY;
      let next = columns;
      for (let at = 0; at < columns; at += 1) {
        if (used[at]) continue;
        const cost = -(weights[row * columns + at] as number);
        const reduced = cost - (rowPotential[row] as number) - (columnPotential[at] as number);
        if (reduced < (slack[at] as number)) {
          slack[at] = reduced;
          from[at] = column;
        }
        if ((slack[at] as number) < step) {
          step = slack[at] as number;
          next = at;
        }
      }
      for (let at = 0; at <= columns; at += 1) {
        if (used[at]) {
          rowPotential[matched[at] as number] = (rowPotential[matched[at] as number] as number) + step;
          columnPotential[at] = (columnPotential[at] as number) - step;
        } else slack[at] = (slack[at] as number) - step;
      }
      column = next;
    }
    while (column !== columns) {
      const previous = from[column] as number;
      matched[column] = matched[previous] as number;
      column = previous;
    }
  }
  let total = 0;
  for (let at = 0; at < columns; at += 1) {
    const row = matched[at] as number;
    if (row >= 0) total += weights[row * columns + at] as number;
  }
  return total;
}
