import { byTime, type Row } from '../Row.ts';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Trainers want at least so many examples: they come before validation and test. */
export const LEAST_ROWS = 10;
/** Of the rows, for validation and for test each. */
const SHARE = 0.1;

export interface SplitRows {
  readonly split: Readonly<Record<Split, readonly Row[]>>;
  /** How many groups stand on each side. */
  readonly groups: Readonly<Record<Split, number>>;
}

interface Group {
  readonly rows: Row[];
  lastMs: number;
  /** Made when another group is of the same moment. */
  tie?: number;
}

/**
 * Groups go whole to one side: the newest to test, the next to validation, the rest to train, so that what is learned
 * lies before what is measured. A group too large for its side goes to train. Rows are in order of time.
 */
export function splitRows(rows: readonly Row[], groups: readonly number[], seed: number): SplitRows {
  const byName = new Map<number, Group>();
  rows.forEach((row, item) => {
    const name = groups[item] as number;
    const group = byName.get(name);
    if (!group) byName.set(name, { rows: [row], lastMs: row.of.askedMs });
    else {
      group.rows.push(row);
      group.lastMs = Math.max(group.lastMs, row.of.askedMs);
    }
  });
  const tieOf = (group: Group) => (group.tie ??= mixed(seed, group.rows.map(({ id }) => id).sort()[0] ?? ''));
  const newestFirst = [...byName.values()].sort((a, b) => b.lastMs - a.lastMs || tieOf(a) - tieOf(b));

  const split: Record<Split, Row[]> = { train: [], validation: [], test: [] };
  const counts: Record<Split, number> = { train: 0, validation: 0, test: 0 };
  let spare = rows.length - LEAST_ROWS;
  const share = Math.max(1, Math.round(rows.length * SHARE));
  for (const group of newestFirst) {
    const size = group.rows.length;
    const fits = (['test', 'validation'] as const).find((name) => split[name].length + size <= share);
    const side = fits && size <= spare ? fits : 'train';
    if (side !== 'train') spare -= size;
    for (const row of group.rows) split[side].push(row);
    counts[side]++;
  }
  for (const name of SPLITS) split[name].sort(byTime);
  return { split, groups: counts };
}

/** Decides between groups of the same moment, differently for each seed. */
function mixed(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
