/** How long something took, in milliseconds: the median, and what nineteen of twenty do not exceed. */
export interface Spread {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export function spreadOf(timesMs: readonly number[]): Spread {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return { count: sorted.length, p50Ms: at(sorted, 0.5), p95Ms: at(sorted, 0.95) };
}

/** The nearest-rank quantile; 0 of nothing. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
