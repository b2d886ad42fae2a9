/** How long something took, in milliseconds. */
export interface Quantiles {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export function quantiles(times: readonly number[]): Quantiles {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** A line of a table: a name, both quantiles, and what is beyond what the server itself took. */
export function quantileRow(name: string, { p50Ms, p95Ms }: Quantiles, over: Quantiles): (string | number)[] {
  return [name, round(p50Ms), round(p95Ms), round(Math.max(0, p50Ms - over.p50Ms))];
}

const round = (ms: number) => Math.round(ms * 10) / 10;
