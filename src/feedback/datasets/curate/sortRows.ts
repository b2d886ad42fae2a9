import { createLists } from '../createColumn.ts';
import type { Rows } from '../Rows.ts';

/** By when it was asked; of the same moment, by the rows' names. */
export function sortByTime(rows: Rows, order: Int32Array): Int32Array {
  // Compared two million times, looked up once.
  const askedMs = Float64Array.from({ length: rows.count }, (_, row) => rows.askedMs(row));
  return order.sort((a, b) => (askedMs[a] as number) - (askedMs[b] as number) || compare(rows.id(a), rows.id(b)));
}

/**
 * Corrections first, then what more people agree on, then what is older: what comes first is kept first.
 * @param byTime as `sortByTime` gives it
 */
export function sortByPriority(rows: Rows, byTime: Int32Array): Int32Array {
  let most = 0;
  for (const row of byTime) most = Math.max(most, rows.voterCount(row));
  /** The strongest first: how many voters they have less than the most, corrections before all others. */
  const rankOf = (row: number) => most - rows.voterCount(row) + (rows.kind(row) === 'correction' ? 0 : most + 1);
  const ranks = createLists((most + 1) * 2);
  for (const row of byTime) ranks.add(rankOf(row), row);
  const order = new Int32Array(byTime.length);
  let filled = 0;
  for (let rank = 0; rank < (most + 1) * 2; rank++) {
    order.set(ranks.at(rank), filled);
    filled += ranks.at(rank).length;
  }
  return order;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
