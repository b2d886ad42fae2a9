import type { Completion, Rated } from './Rated.ts';

/** One line of a dataset, before it is written. */
export interface Row {
  /** Its own in the dataset, and the same in every run. */
  readonly id: string;
  readonly kind: 'correction' | 'vote' | 'confirmed' | 'pair';
  /** Whose prompt it has. */
  readonly of: Rated;
  /** What is to be learned, or, with `label` false, what is not. */
  readonly completion: Completion;
  /** Of a pair: what the completion is preferred to. */
  readonly rejected: Completion | undefined;
  readonly label: boolean | undefined;
  /** The answers that it is made of. */
  readonly answerIds: readonly string[];
  /** Who stands behind it. */
  readonly voters: readonly number[];
  readonly tokens: number;
}

/** What comes first is kept first: corrections, then what more people agree on, then what is older. */
export function byPriority(a: Row, b: Row): number {
  return (
    Number(b.kind === 'correction') - Number(a.kind === 'correction') ||
    b.voters.length - a.voters.length ||
    byTime(a, b)
  );
}

export function byTime(a: Row, b: Row): number {
  return a.of.askedMs - b.of.askedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
