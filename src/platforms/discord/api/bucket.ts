/** What one answer of Discord said of its bucket. */
export interface BucketNews {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
}

/** A bucket of requests as Discord keeps it: so many in a stretch of time that begins with the first of them. */
export interface Bucket {
  /** After how many milliseconds one more may be made, 0 at once; `keep` are left to others. */
  waitMs(keep?: number): number;
  count(): void;
  learn(news: BucketNews): void;
  pause(ms: number): void;
  /** How long one request after another takes in the long run, in milliseconds. */
  everyMs(): number;
  /** How long ago the last one was. */
  sinceLastMs(): number;
  /** Whether it says anything that a new one would not. */
  isIdle(): boolean;
}

/** Answers come a little after Discord counted: so much is added to what they say. */
const MARGIN_MS = 50;

/**
 * @param first what is taken for true until Discord has said something
 * @param now milliseconds since 1970
 */
export function createBucket(first: { readonly limit: number; readonly perMs: number }, now: () => number): Bucket {
  let { limit, perMs } = first;
  let sent = 0;
  let resetsAtMs = 0;
  let pausedUntilMs = 0;
  let lastMs = Number.NEGATIVE_INFINITY;

  function turn() {
    if (now() < resetsAtMs) return;
    sent = 0;
    resetsAtMs = 0;
  }

  return {
    waitMs(keep = 0) {
      turn();
      const pause = Math.max(0, pausedUntilMs - now());
      // A bucket of one is never kept whole for others.
      if (sent < Math.max(1, limit - keep)) return pause;
      return Math.max(pause, Math.ceil(resetsAtMs - now()), 1);
    },
    count() {
      turn();
      if (sent === 0) resetsAtMs = now() + perMs;
      sent++;
      lastMs = now();
    },
    everyMs: () => Math.ceil(perMs / limit),
    sinceLastMs: () => now() - lastMs,
    learn(news) {
      turn();
      limit = Math.max(1, news.limit);
      // What left meanwhile is not in Discord's count yet: the greater of both is true.
      sent = Math.max(sent, limit - news.remaining);
      const endsAtMs = now() + news.resetAfterMs + MARGIN_MS;
      if (news.remaining >= limit - 1) perMs = Math.max(100, news.resetAfterMs + MARGIN_MS);
      if (sent > 0) resetsAtMs = Math.max(resetsAtMs === 0 ? 0 : Math.min(resetsAtMs, endsAtMs), endsAtMs);
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, now() + ms);
    },
    isIdle() {
      turn();
      return sent === 0 && now() >= pausedUntilMs;
    },
  };
}
