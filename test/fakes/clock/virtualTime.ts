import type { Timing } from '../../../src/base/Timing.ts';
import type { FakeClock } from './createClock.ts';

/** Turns of the loop in which nothing happens before time moves on. */
const QUIET_TURNS = 4;
const BUSY_MS = 0.4;

export interface VirtualTime extends Timing {
  /** Lets time pass, from one moment that somebody waits for to the next, until a promise settles. */
  until<T>(promise: Promise<T>): Promise<T>;
}

interface Watcher {
  asks(): void;
  isAnswered(): void;
}

const watchers = new Set<{ readonly watcher: Watcher }>();
let plainFetch: typeof fetch | undefined;

/**
 * Whose time passes hears of each request. Several may watch at once (a process that is killed and the one that follows
 * it), and end in any order: what the process had is put back when the last one ends.
 */
function watchFetch(watcher: Watcher): () => void {
  const entry = { watcher };
  watchers.add(entry);
  if (plainFetch === undefined) {
    const plain = globalThis.fetch;
    plainFetch = plain;
    globalThis.fetch = async (...args) => {
      const told = [...watchers];
      for (const { watcher } of told) watcher.asks();
      try {
        const response = await plain(...args);
        // The answer is there once it is read whole.
        const text = await response.arrayBuffer();
        const { status, statusText, headers } = response;
        return new Response(text, { status, statusText, headers });
      } finally {
        for (const { watcher } of told) watcher.isAnswered();
      }
    };
  }
  return () => {
    watchers.delete(entry);
    if (watchers.size > 0 || plainFetch === undefined) return;
    globalThis.fetch = plainFetch;
    plainFetch = undefined;
  };
}

/**
 * Time of a server of ours, for the code that asks it: who waits is woken as soon as nothing else goes on. No answer is
 * outstanding then, and a turn of the loop takes no time.
 * @param clock one that stands still (`running: false`)
 */
export function createVirtualTime(clock: FakeClock): VirtualTime {
  const waiting = new Set<{ readonly dueMs: number }>();
  let asking = 0;
  let lastChange = 0;

  const timing: Timing = {
    now: clock.now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        lastChange++;
        const wait = { dueMs: clock.now() + ms };
        waiting.add(wait);
        const done = () => {
          waiting.delete(wait);
          callOff();
          signal?.removeEventListener('abort', done);
          lastChange++;
          resolve();
        };
        const callOff = clock.after(ms, done);
        signal?.addEventListener('abort', done, { once: true });
      }),
  };

  const watcher: Watcher = {
    asks: () => asking++,
    isAnswered() {
      asking--;
      lastChange++;
    },
  };

  return {
    ...timing,
    async until(promise) {
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      promise.then(over, over);
      const unwatch = watchFetch(watcher);
      try {
        let quiet = 0;
        let seen = lastChange;
        while (!isOver) {
          const begun = performance.now();
          await new Promise((resolve) => setImmediate(resolve));
          const isBusy = asking > 0 || lastChange !== seen || performance.now() - begun > BUSY_MS;
          seen = lastChange;
          quiet = isBusy ? 0 : quiet + 1;
          if (quiet < QUIET_TURNS) continue;
          quiet = 0;
          const next = Math.min(...[...waiting].map(({ dueMs }) => dueMs));
          if (Number.isFinite(next)) clock.advance(Math.max(1, next - clock.now()));
        }
      } finally {
        unwatch();
      }
      return promise;
    },
  };
}
