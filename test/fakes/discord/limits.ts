import type { FakeClock } from '../clock/createClock.ts';

/** So many requests in so long, counted from the first of them. */
export interface Bucket {
  readonly limit: number;
  readonly perMs: number;
}

/** Discord publishes none of the buckets' sizes; these are what its headers have been seen to say. */
export interface Limits {
  /** Requests a second over all routes; interactions' own are free of it. */
  readonly globalPerSecond: number;
  /** 401, 403 and 429 in ten minutes before the address is banned. */
  readonly invalidPer10Minutes: number;
  /** IDENTIFYs a day. */
  readonly identifies: number;
  /** One IDENTIFY in so long (Discord: 5,000 ms; 0 here, so that tests need not wait). */
  readonly identifyEveryMs: number;
  /** Buckets by route (`POST /channels/:channel/messages`), in place of the usual ones. */
  readonly buckets: Readonly<Record<string, Bucket>>;
}

const usual: Bucket = { limit: 50, perMs: 1000 };

export const discordLimits: Limits = {
  globalPerSecond: 50,
  invalidPer10Minutes: 10_000,
  identifies: 1000,
  identifyEveryMs: 0,
  buckets: {
    'POST /channels/:channel/messages': { limit: 5, perMs: 5000 },
    'PATCH /channels/:channel/messages/:message': { limit: 5, perMs: 5000 },
    'DELETE /channels/:channel/messages/:message': { limit: 5, perMs: 1000 },
    'GET /channels/:channel/messages': { limit: 5, perMs: 5000 },
    'GET /channels/:channel/messages/:message': { limit: 5, perMs: 5000 },
    'POST /channels/:channel/typing': { limit: 5, perMs: 5000 },
    'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': { limit: 1, perMs: 250 },
    'DELETE /channels/:channel/messages/:message/reactions/:emoji/@me': { limit: 1, perMs: 250 },
    'PUT /applications/:application/commands': { limit: 2, perMs: 20_000 },
    'POST /webhooks/:webhook/:token': { limit: 5, perMs: 2000 },
    'PATCH /webhooks/:webhook/:token/messages/:message': { limit: 5, perMs: 2000 },
    'POST /users/@me/channels': { limit: 10, perMs: 10_000 },
  },
};

export interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  /** There were too many: of this bucket, or of all together. */
  readonly refused?: { readonly retryAfterS: number; readonly isGlobal: boolean };
}

export interface RateLimiter {
  /** Counts a request of a route; `major`: what its bucket is kept apart by. */
  take(route: string, major: string, isInteraction: boolean): Taken;
  /** Counts a 401, 403 or 429. */
  countInvalid(): void;
  invalid(): number;
  isBanned(): boolean;
}

const tenMinutesMs = 600_000;

export function createRateLimiter(clock: FakeClock, limits: Limits | 'off'): RateLimiter {
  const buckets = new Map<string, { left: number; resetMs: number }>();
  let second = { left: 0, untilMs: 0 };
  let invalidAt: number[] = [];
  let bannedUntilMs = 0;

  function takeGlobal(perSecond: number): number | undefined {
    const nowMs = clock.now();
    if (nowMs >= second.untilMs) second = { left: perSecond, untilMs: nowMs + 1000 };
    if (second.left === 0) return (second.untilMs - nowMs) / 1000;
    second.left -= 1;
    return undefined;
  }

  return {
    take(route, major, isInteraction) {
      if (limits === 'off' || route === 'POST /interactions/:interaction/:token/callback') return { headers: {} };
      const globalS = isInteraction ? undefined : takeGlobal(limits.globalPerSecond);
      if (globalS !== undefined) return { headers: {}, refused: { retryAfterS: globalS, isGlobal: true } };
      const { limit, perMs } = limits.buckets[route] ?? usual;
      const nowMs = clock.now();
      const key = `${route} ${major}`;
      let bucket = buckets.get(key);
      if (!bucket || nowMs >= bucket.resetMs) {
        bucket = { left: limit, resetMs: nowMs + perMs };
        buckets.set(key, bucket);
      }
      const isRefused = bucket.left === 0;
      if (!isRefused) bucket.left -= 1;
      const afterS = (bucket.resetMs - nowMs) / 1000;
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(bucket.left),
        'x-ratelimit-reset': (bucket.resetMs / 1000).toFixed(3),
        'x-ratelimit-reset-after': afterS.toFixed(3),
        'x-ratelimit-bucket': bucketName(route),
      };
      return isRefused ? { headers, refused: { retryAfterS: afterS, isGlobal: false } } : { headers };
    },
    countInvalid() {
      const nowMs = clock.now();
      invalidAt.push(nowMs);
      if (limits === 'off' || this.invalid() < limits.invalidPer10Minutes) return;
      bannedUntilMs = nowMs + tenMinutesMs;
    },
    invalid() {
      const nowMs = clock.now();
      invalidAt = invalidAt.filter((atMs) => atMs > nowMs - tenMinutesMs);
      return invalidAt.length;
    },
    isBanned: () => clock.now() < bannedUntilMs,
  };
}

/** Opaque to clients, the same for a route wherever it is asked. */
function bucketName(route: string): string {
  let hash = 0x811c9dc5;
  for (const char of route) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0').repeat(4);
}
