import { byTime, type Row } from '../Row.ts';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Trainers want at least so many examples: they come before validation and test. */
export const LEAST_ROWS = 10;
/** Of the rows, for validation and for test each. */
const SHARE = 0.1;

/**
 * Groups go whole to one side: the newest to test, the next to validation, the rest to train, so that what is learned
 * lies before what is measured. A group too large for its side goes to train. Rows are in order of time.
 */
export function splitRows(rows: readonly Row[], groups: readonly number[], seed: number): Record<Split, Row[]> {
  const byGroup = new Map<number, { rows: Row[]; lastMs: number; tie: number }>();
  rows.forEach((row, item) => {
    const name = groups[item] as number;
    const group = byGroup.get(name) ?? { rows: [], lastMs: 0, tie: 0 };
    group.rows.push(row);
    group.lastMs = Math.max(group.lastMs, row.of.askedMs);
    byGroup.set(name, group);
  });
  for (const group of byGroup.values()) group.tie = mixed(seed, group.rows.map(({ id }) => id).sort()[0] ?? '');
  const newestFirst = [...byGroup.values()].sort((a, b) => b.lastMs - a.lastMs || a.tie - b.tie);

  const split: Record<Split, Row[]> = { train: [], validation: [], test: [] };
  let spare = rows.length - LEAST_ROWS;
  const share = Math.max(1, Math.round(rows.length * SHARE));
  for (const group of newestFirst) {
    const size = group.rows.length;
    const side = (['test', 'validation'] as const).find((name) => split[name].length + size <= share);
    if (side && size <= spare) {
      split[side].push(...group.rows);
      spare -= size;
    } else split.train.push(...group.rows);
  }
  for (const name of SPLITS) split[name].sort(byTime);
  return split;
}

/** Decides between groups of the same moment, differently for each seed. */
function mixed(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
