import type { Rows } from '../Rows.ts';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Trainers want at least so many examples: they come before validation and test. */
export const LEAST_ROWS = 10;
/** Of the rows, for validation and for test each. */
const SHARE = 0.1;

export interface SplitRows {
  /** The numbers of rows, in order of time. */
  readonly split: Readonly<Record<Split, Int32Array>>;
  /** How many groups stand on each side. */
  readonly groups: Readonly<Record<Split, number>>;
}

/**
 * Groups go whole to one side: the newest to test, the next to validation, the rest to train, so that what is learned
 * lies before what is measured. A group too large for its side goes to train.
 * @param order the numbers of rows, in order of time
 * @param groups the group of each, by its place in `order`, named by the first place in it
 */
export function splitRows(rows: Rows, order: Int32Array, groups: Int32Array, seed: number): SplitRows {
  const { sizes, lasts, nexts } = chained(groups);
  const tieOf = createTies(rows, order, nexts, seed);
  const lastMs = (group: number) => rows.askedMs(order[lasts[group] as number] as number);
  const newestFirst = groups
    .filter((group, item) => group === item)
    .sort((a, b) => lastMs(b) - lastMs(a) || tieOf(a) - tieOf(b));

  const sides = new Uint8Array(order.length);
  const [sizeOf, counts] = [
    { train: 0, validation: 0, test: 0 },
    { train: 0, validation: 0, test: 0 },
  ];
  let spare = order.length - LEAST_ROWS;
  const share = Math.max(1, Math.round(order.length * SHARE));
  for (const group of newestFirst) {
    const size = sizes[group] as number;
    const fits = (['test', 'validation'] as const).find((name) => sizeOf[name] + size <= share);
    const side = fits && size <= spare ? fits : 'train';
    if (side !== 'train') spare -= size;
    sizeOf[side] += size;
    counts[side]++;
    sides[group] = SPLITS.indexOf(side);
  }
  const on = (name: Split) => order.filter((_, item) => SPLITS[sides[groups[item] as number] as number] === name);
  return { split: { train: on('train'), validation: on('validation'), test: on('test') }, groups: counts };
}

/** How many are in each group, its last place, and for each place the next of its group, or -1. */
function chained(groups: Int32Array): { sizes: Int32Array; lasts: Int32Array; nexts: Int32Array } {
  const [sizes, lasts] = [new Int32Array(groups.length), new Int32Array(groups.length)];
  const nexts = new Int32Array(groups.length).fill(-1);
  groups.forEach((group, item) => {
    if (group !== item) nexts[lasts[group] as number] = item;
    lasts[group] = item;
    sizes[group] = (sizes[group] as number) + 1;
  });
  return { sizes, lasts, nexts };
}

/** Decides between groups of the same moment, by the first of their rows' names; made for those alone. */
function createTies(rows: Rows, order: Int32Array, nexts: Int32Array, seed: number): (group: number) => number {
  const known = new Map<number, number>();
  return (group) => {
    const tie = known.get(group) ?? mixed(seed, firstId(group));
    known.set(group, tie);
    return tie;
  };

  function firstId(group: number): string {
    let first = rows.id(order[group] as number);
    for (let item = nexts[group] as number; item >= 0; item = nexts[item] as number) {
      const id = rows.id(order[item] as number);
      if (id < first) first = id;
    }
    return first;
  }
}

/** Differently for each seed. */
function mixed(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
