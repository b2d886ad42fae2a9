import { bestMatchingWeight, type Overlap } from './assignment.ts';

/** How well a grouping agrees with one made by people; all three from 0 to 100, higher is better. */
export interface SegmentFigures {
  readonly messages: number;
  /** 100 · (1 − VI / log2 n): VI is Meilă's variation of information, 0 bits for equal groupings and at most log2 n. */
  readonly variationOfInformation: number;
  /** The share of messages in agreement under the best one-to-one matching of found to true conversations. */
  readonly oneToOne: number;
  /** F1 of conversations found exactly, those of one message left out on both sides. */
  readonly exactF1: number;
}

/**
 * Compares two groupings of the same messages by the three figures of Kummerfeld et al., "A Large-Scale Corpus for Conversation
 * Disentanglement" (ACL 2019), section 5 (one-to-one after Elsner and Charniak 2008). No messages at all count as full agreement, and so do
 * exact conversations where neither side has any.
 *
 * @param found the conversation that each message was put into, by any name
 * @param truth the conversation that it belongs to, in the same order
 */
export function measureSegments(found: readonly string[], truth: readonly string[]): SegmentFigures {
  if (found.length !== truth.length) throw new RangeError('found and truth must have one entry for each message');
  const messages = found.length;
  const { rows, columns, overlaps } = crossTable(found, truth);
  return {
    messages,
    variationOfInformation: scaledVariation(rows, columns, overlaps, messages),
    oneToOne: messages === 0 ? 100 : (100 * bestMatchingWeight(overlaps)) / messages,
    exactF1: exactF1(rows, columns, overlaps),
  };
}

interface CrossTable {
  /** The sizes of the found and of the true conversations. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly overlaps: readonly Overlap[];
}

function crossTable(found: readonly string[], truth: readonly string[]): CrossTable {
  const rowOf = new Map<string, number>();
  const columnOf = new Map<string, number>();
  const rows: number[] = [];
  const columns: number[] = [];
  const cells = new Map<number, Map<number, number>>();
  for (const [at, name] of found.entries()) {
    const row = count(rowOf, rows, name);
    const column = count(columnOf, columns, truth[at] as string);
    const cell = cells.get(row) ?? new Map<number, number>();
    cell.set(column, (cell.get(column) ?? 0) + 1);
    cells.set(row, cell);
  }
  const overlaps = [...cells].flatMap(([row, cell]) =>
    Array.from(cell, ([column, weight]) => ({ row, column, weight })),
  );
  return { rows, columns, overlaps };
}

function count(numbers: Map<string, number>, sizes: number[], name: string): number {
  let number = numbers.get(name);
  if (number === undefined) {
    number = sizes.length;
    numbers.set(name, number);
    sizes.push(0);
  }
  sizes[number] = (sizes[number] as number) + 1;
  return number;
}

/** VI = 2 H(found, truth) − H(found) − H(truth). */
function scaledVariation(
  rows: readonly number[],
  columns: readonly number[],
  overlaps: readonly Overlap[],
  messages: number,
): number {
  if (messages < 2) return 100;
  const entropy = (sizes: readonly number[]): number =>
    sizes.reduce((sum, size) => sum - (size / messages) * Math.log2(size / messages), 0);
  const joint = entropy(overlaps.map(({ weight }) => weight));
  const variation = Math.max(0, 2 * joint - entropy(rows) - entropy(columns));
  return 100 * (1 - variation / Math.log2(messages));
}

function exactF1(rows: readonly number[], columns: readonly number[], overlaps: readonly Overlap[]): number {
  const more = (size: number): boolean => size > 1;
  const exact = overlaps.filter(
    ({ row, column, weight }) => more(weight) && rows[row] === weight && columns[column] === weight,
  ).length;
  const all = rows.filter(more).length + columns.filter(more).length;
  return all === 0 ? 100 : (200 * exact) / all;
}
