import type { Timing } from '../../../base/Timing.ts';
import { createWindow } from '../../window.ts';
import { type Bucket, type BucketNews, createBucket } from './bucket.ts';
import { type Method, routeOf } from './routeOf.ts';

/**
 * `answer` goes first; `show` is what makes waiting pleasant and may be left out; `background` takes what the others
 * leave; `sync` (reading history) comes last and has hours of work: of each bucket it takes all, but evenly, so that
 * whoever comes first never waits for the whole of it.
 */
export type Priority = 'answer' | 'show' | 'background' | 'sync';

export interface Asked {
  readonly method: Method;
  readonly path: string;
  readonly priority: Priority;
  readonly signal?: AbortSignal | undefined;
}

/** One budget of requests for everything that talks to Discord with one token. */
export interface Budget {
  /** Resolves when the request may be made; higher priorities first, else in order. At once when the signal is aborted. */
  take(asked: Asked): Promise<void>;
  /** Takes it if it can be had at once, leaving `keep` of its bucket to others. */
  tryTake(asked: Asked, keep?: number): boolean;
  learn(asked: Pick<Asked, 'method' | 'path'>, news: BucketNews): void;
  /** Discord answered 429: nothing of the kind, or nothing at all, is sent before so long. */
  pause(asked: Pick<Asked, 'method' | 'path'>, ms: number, isGlobal: boolean): void;
  /** How long one such request of sync after another takes in the long run, in milliseconds; without one, any at all. */
  everyMs(asked?: Pick<Asked, 'method' | 'path'>): number;
}

/** Discord allows 50 a second and counts when they arrive. */
const PER_SECOND = 45;
const SECOND_MS = 1_050;
/** Of each second, so many are never touched by work in the background. */
const LEFT_TO_ANSWERS = 4;
/** What has hours of work leaves room for what is done now and then. */
const LEFT_BY_SYNC = 6;
/** Until Discord has said how large a bucket is: what its messages have always had. */
const FIRST = { limit: 5, perMs: 5_000 };
const INTERACTION = { limit: 5, perMs: 2_000 };
const FREE = { limit: 1_000, perMs: 1_000 };
const BUCKETS_KEPT = 2_000;
const ORDER: readonly Priority[] = ['answer', 'show', 'background', 'sync'];
const LEFT: Readonly<Record<Priority, number>> = {
  answer: 0,
  show: 0,
  background: LEFT_TO_ANSWERS,
  sync: LEFT_BY_SYNC,
};
/** Whoever comes meanwhile may go first, so that it is looked at anew. */
const LOOK_AGAIN_MS = 500;

interface Waiting {
  readonly asked: Asked;
  readonly resolve: () => void;
}

export function createBudget(timing: Timing): Budget {
  const { now } = timing;
  const all = createWindow(PER_SECOND, SECOND_MS, now);
  const buckets = new Map<string, Bucket>();
  const queues = new Map<string, Waiting[]>();

  function bucketOf({ method, path }: Pick<Asked, 'method' | 'path'>): Bucket {
    const { key, isInteraction } = routeOf(method, path);
    const known = buckets.get(key);
    if (known) return known;
    if (buckets.size > BUCKETS_KEPT) for (const [old, bucket] of buckets) if (bucket.isIdle()) buckets.delete(old);
    const first = path.endsWith('/callback') ? FREE : isInteraction ? INTERACTION : FIRST;
    const made = createBucket(first, now);
    buckets.set(key, made);
    return made;
  }

  function waitMs(asked: Asked, keep = 0): number {
    const bucket = bucketOf(asked);
    const evenly = asked.priority === 'sync' ? Math.max(0, Math.ceil(bucket.everyMs() - bucket.sinceLastMs())) : 0;
    const own = Math.max(evenly, bucket.waitMs(keep));
    if (routeOf(asked.method, asked.path).isInteraction) return own;
    return Math.max(own, all.waitMs(LEFT[asked.priority]));
  }

  function count(asked: Asked) {
    bucketOf(asked).count();
    if (!routeOf(asked.method, asked.path).isInteraction) all.count();
  }

  function nextOf(waiting: readonly Waiting[]): Waiting | undefined {
    const gone = waiting.find(({ asked }) => asked.signal?.aborted);
    if (gone) return gone;
    for (const priority of ORDER) {
      const found = waiting.find(({ asked }) => asked.priority === priority);
      if (found) return found;
    }
    return undefined;
  }

  async function pump(key: string, waiting: Waiting[]) {
    for (let next = nextOf(waiting); next; next = nextOf(waiting)) {
      const isGone = next.asked.signal?.aborted ?? false;
      const ms = isGone ? 0 : waitMs(next.asked);
      if (ms > 0) {
        await timing.wait(Math.min(ms, LOOK_AGAIN_MS));
        continue;
      }
      waiting.splice(waiting.indexOf(next), 1);
      if (!isGone) count(next.asked);
      next.resolve();
    }
    queues.delete(key);
  }

  return {
    take(asked) {
      const { key } = routeOf(asked.method, asked.path);
      const line = queues.get(key);
      if (!line && waitMs(asked) === 0) {
        count(asked);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        if (line) line.push({ asked, resolve });
        else {
          const begun = [{ asked, resolve }];
          queues.set(key, begun);
          void pump(key, begun);
        }
      });
    },
    tryTake(asked, keep = 0) {
      if (queues.has(routeOf(asked.method, asked.path).key) || waitMs(asked, keep) > 0) return false;
      count(asked);
      return true;
    },
    learn: (asked, news) => bucketOf(asked).learn(news),
    pause(asked, ms, isGlobal) {
      if (isGlobal) all.pause(ms);
      else bucketOf(asked).pause(ms);
    },
    everyMs: (asked) => Math.max(SECOND_MS / (PER_SECOND - LEFT_BY_SYNC), asked ? bucketOf(asked).everyMs() : 0),
  };
}
