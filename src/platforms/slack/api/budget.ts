import type { Timing } from '../../../base/Timing.ts';
import { createBucket, createWindow, type LearningWindow, type Window } from '../../window.ts';
import { METHODS, type MethodName, type Tier } from './methods.ts';

/**
 * `answer` goes first; `show` is what makes waiting pleasant and may be left out; `background` (looking who is where)
 * takes what the others leave; `sync` (reading history) comes last, but has hours of work: it takes nearly all that the
 * limit allows, one call at a time evenly over the minute, so that whoever comes first never waits for a whole minute.
 */
export type Priority = 'answer' | 'show' | 'background' | 'sync';

export interface Asked {
  readonly method: MethodName;
  readonly priority: Priority;
  /** Posts are counted by channel. */
  readonly channel?: string;
  readonly signal?: AbortSignal;
}

/** Room that is kept for a call that must not wait: the last one of an answer that is shown while it grows. */
export interface Reservation {
  /** Gives the room back: call it right before the reserved call asks for its own, or when it is not needed. */
  release(): void;
}

/** One budget of requests for everything that talks to one workspace. */
export interface Budget {
  /** Resolves when the call may be made; higher priorities first, else in order. At once when the signal is aborted. */
  take(asked: Asked): Promise<void>;
  /** Takes it if it can be had at once, leaving `keep` calls of this minute to others. */
  tryTake(asked: Asked, keep?: number): boolean;
  /** Keeps room for one call to come; undefined when there is none to keep. */
  reserve(method: MethodName, keep?: number): Reservation | undefined;
  /** Slack answered 429: nothing of the kind is sent before so long. */
  pause(asked: Pick<Asked, 'method' | 'channel'>, ms: number): void;
  /** How long one call after another takes in the long run, in milliseconds, when nobody else asks. */
  everyMs(method: MethodName): number;
}

/** Requests are counted when they leave, Slack counts them when they arrive: a little more than the minute is safe. */
const MINUTE_MS = 60_500;
const PER_MINUTE: Readonly<Record<Exclude<Tier, 'post'>, number>> = { 2: 20, 3: 50, 4: 100, special: 500 };
/** "Several hundred a minute" in all channels together. */
const POSTS_PER_MINUTE = 240;
const POST_EVERY_MS = 1_050;
/** "Short bursts" are allowed in a channel, how short is not said: one 429 and we make none any more. */
const POST_BURST = 3;
/** The share of a minute's calls that work in the background never touches. */
const LEFT_TO_ANSWERS = 0.4;
/** Calls of a minute that reading history leaves to others. */
const LEFT_BY_SYNC = 1;
const ORDER: readonly Priority[] = ['answer', 'show', 'background', 'sync'];
const CHANNELS_KEPT = 2_000;

interface Waiting {
  readonly asked: Asked;
  readonly resolve: () => void;
}

export function createBudget(timing: Timing): Budget {
  const windows = new Map<string, Window | LearningWindow>();
  const queues = new Map<string, { waiting: Waiting[]; pumping: boolean }>();
  const posts = createWindow(POSTS_PER_MINUTE, MINUTE_MS, timing.now);
  let burst = POST_BURST;

  function windowOf<T extends Window>(key: string, make: () => T): T {
    const known = windows.get(key) as T | undefined;
    if (known) return known;
    if (windows.size > CHANNELS_KEPT) {
      for (const [old, window] of windows) if (old.startsWith('post ') && window.waitMs() === 0) windows.delete(old);
    }
    const made = make();
    windows.set(key, made);
    return made;
  }

  function ownWindow(method: MethodName, tier: Exclude<Tier, 'post'>): LearningWindow {
    return windowOf(method, () => createWindow(PER_MINUTE[tier], MINUTE_MS, timing.now));
  }

  function everyMs(method: MethodName): number {
    const { tier } = METHODS[method];
    return tier === 'post' ? POST_EVERY_MS : MINUTE_MS / Math.max(1, ownWindow(method, tier).most() - LEFT_BY_SYNC);
  }

  /** Every window that a call is counted in. */
  function windowsOf({ method, channel = '' }: Pick<Asked, 'method' | 'channel'>): readonly Window[] {
    const { tier } = METHODS[method];
    if (tier !== 'post') {
      const own = ownWindow(method, tier);
      // A stream begins with a new message in its channel.
      return method === 'chat.startStream' ? [own, ...windowsOf({ method: 'chat.postMessage', channel })] : [own];
    }
    return [posts, windowOf(`post ${channel}`, () => createBucket(() => burst, POST_EVERY_MS, timing.now))];
  }

  const queueKey = ({ method, channel = '' }: Asked) =>
    METHODS[method].tier === 'post' ? `${method} ${channel}` : method;

  function keptFor({ method, priority }: Asked): number {
    const { tier } = METHODS[method];
    if (tier === 'post') return 0;
    if (priority === 'sync') return LEFT_BY_SYNC;
    return priority === 'background' ? Math.ceil(PER_MINUTE[tier] * LEFT_TO_ANSWERS) : 0;
  }

  /** Evenly over the minute, so that an answer finds room within a second or two, however long the queue is. */
  function spacingMs({ method, priority }: Asked): number {
    const { tier } = METHODS[method];
    if (priority !== 'sync' || tier === 'post') return 0;
    return Math.max(0, Math.ceil(everyMs(method) - ownWindow(method, tier).sinceLastMs()));
  }

  function waitMs(asked: Asked, keep = keptFor(asked)): number {
    const [first, ...others] = windowsOf(asked);
    return Math.max(spacingMs(asked), (first as Window).waitMs(keep), ...others.map((window) => window.waitMs()));
  }

  function count(asked: Asked) {
    for (const window of windowsOf(asked)) window.count();
  }

  function nextOf(waiting: Waiting[]): Waiting | undefined {
    for (const priority of ORDER) {
      const found = waiting.find(({ asked }) => asked.priority === priority);
      if (found) return found;
    }
    return undefined;
  }

  async function pump(key: string, queue: { waiting: Waiting[]; pumping: boolean }) {
    queue.pumping = true;
    for (let next = nextOf(queue.waiting); next; next = nextOf(queue.waiting)) {
      const ms = next.asked.signal?.aborted ? 0 : waitMs(next.asked);
      if (ms > 0) {
        // Whoever comes meanwhile may go first, so that it is looked at anew; a pause or a priority may have changed.
        await timing.wait(Math.min(ms, 1_000));
        continue;
      }
      queue.waiting.splice(queue.waiting.indexOf(next), 1);
      if (!next.asked.signal?.aborted) count(next.asked);
      next.resolve();
    }
    queue.pumping = false;
    queues.delete(key);
  }

  return {
    take(asked) {
      const key = queueKey(asked);
      const queue = queues.get(key) ?? { waiting: [], pumping: false };
      queues.set(key, queue);
      return new Promise((resolve) => {
        queue.waiting.push({ asked, resolve });
        if (!queue.pumping) void pump(key, queue);
      });
    },
    tryTake(asked, keep = 0) {
      if ((queues.get(queueKey(asked))?.waiting.length ?? 0) > 0) return false;
      if (waitMs(asked, keep) > 0) return false;
      count(asked);
      return true;
    },
    reserve(method, keep = 0) {
      const [window] = windowsOf({ method });
      if (!window || window.waitMs(keep) > 0) return undefined;
      return { release: window.promise() };
    },
    pause(asked, ms) {
      // Slack does not say which of a post's limits it was: the channel's is the one that is met.
      windowsOf(asked).at(-1)?.pause(ms);
      if (asked.method === 'chat.postMessage') burst = 1;
      const { tier } = METHODS[asked.method];
      if (tier === 'post') return;
      const own = ownWindow(asked.method, tier);
      own.pause(ms);
      // These two have another class: https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
      if (asked.method === 'conversations.history' || asked.method === 'conversations.replies') own.learn();
    },
    everyMs,
  };
}
