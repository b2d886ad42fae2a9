/**
 * Tells whether something changed between two looks, for work that reads, thinks elsewhere for a while, and writes. One
 * process owns a database, so that this lives in its memory.
 */
export interface Revisions {
  /** Differs from an earlier answer if messages of the source changed since. */
  of(sourceId: number): number;
  changed(sourceId: number): void;
  /** A number that no earlier call gave. */
  next(): number;
}

/** @param last the greatest number that an earlier process may have left in the database */
export function createRevisions(last: number): Revisions {
  const bySource = new Map<number, number>();
  let given = last;
  return {
    of: (sourceId) => bySource.get(sourceId) ?? 0,
    changed: (sourceId) => {
      bySource.set(sourceId, (bySource.get(sourceId) ?? 0) + 1);
    },
    next: () => ++given,
  };
}
