import type { FakeClock } from '../clock/createClock.ts';

/**
 * https://docs.slack.dev/apis/web-api/rate-limits: a number of requests a minute, per method and workspace.
 * `post` is chat.postMessage's own: one a second and channel with short bursts, several hundred a minute in all.
 * `status` and `unlimited` are methods with limits of their own that nobody has met.
 */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'status' | 'unlimited';

export interface Limits {
  /** Requests in any 60 s. */
  readonly tier1: number;
  readonly tier2: number;
  readonly tier3: number;
  readonly tier4: number;
  readonly status: number;
  /** Posts of all channels in any 60 s. */
  readonly posts: number;
  /** Posts into one channel that may come at once; one more every second. */
  readonly postBurst: number;
}

export const slackLimits: Limits = {
  tier1: 1,
  tier2: 20,
  tier3: 50,
  tier4: 100,
  status: 600,
  posts: 300,
  postBurst: 3,
};

export interface RateLimiter {
  /** Counts a request; returns after how many whole seconds to come again when there were too many. */
  take(method: string, tier: Tier, channelId: string | undefined): number | undefined;
}

const minuteMs = 60_000;

/** No more than so many in any 60 seconds, and one token bucket a channel for posts. A refused request does not count. */
export function createRateLimiter(clock: FakeClock, limits: Limits | 'off'): RateLimiter {
  const windows = new Map<string, number[]>();
  const buckets = new Map<string, { level: number; atMs: number }>();

  function waitForWindow(key: string, most: number): number {
    const nowMs = clock.now();
    const times = (windows.get(key) ?? []).filter((atMs) => atMs > nowMs - minuteMs);
    windows.set(key, times);
    const blocking = times[times.length - most];
    return blocking === undefined ? 0 : blocking + minuteMs - nowMs;
  }

  function waitForChannel(channelId: string, burst: number): number {
    const nowMs = clock.now();
    const bucket = buckets.get(channelId) ?? { level: burst, atMs: nowMs };
    const level = Math.min(burst, bucket.level + (nowMs - bucket.atMs) / 1000);
    buckets.set(channelId, { level, atMs: nowMs });
    return level >= 1 ? 0 : (1 - level) * 1000;
  }

  return {
    take(method, tier, channelId) {
      if (limits === 'off' || tier === 'unlimited') return undefined;
      const most = tier === 'post' ? limits.posts : tier === 'status' ? limits.status : limits[`tier${tier}`];
      const channel = tier === 'post' ? channelId : undefined;
      const waitMs = Math.max(
        waitForWindow(method, most),
        channel === undefined ? 0 : waitForChannel(channel, limits.postBurst),
      );
      if (waitMs > 0) return Math.max(1, Math.ceil(waitMs / 1000));
      windows.get(method)?.push(clock.now());
      const bucket = channel === undefined ? undefined : buckets.get(channel);
      if (bucket) bucket.level -= 1;
      return undefined;
    },
  };
}
