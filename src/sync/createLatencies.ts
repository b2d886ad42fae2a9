const KEPT = 2_000;

/** How long it takes from an event on a platform to the index that knows it; of the last ones. */
export interface Latencies {
  note(happenedMs: number, searchableMs: number): void;
  p95(): { readonly events: number; readonly p50Ms: number; readonly p95Ms: number } | undefined;
}

export function createLatencies(): Latencies {
  const last: number[] = [];
  let at = 0;
  return {
    note(happenedMs, searchableMs) {
      // A platform's clock may be a little ahead of ours.
      last[at] = Math.max(0, searchableMs - happenedMs);
      at = (at + 1) % KEPT;
    },
    p95() {
      if (last.length === 0) return undefined;
      const sorted = [...last].sort((a, b) => a - b);
      const quantile = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
      return { events: sorted.length, p50Ms: quantile(0.5), p95Ms: quantile(0.95) };
    },
  };
}
