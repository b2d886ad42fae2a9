/** Runs work: one thread's in order, others side by side, never more than `atOnce` of them. */
export interface ThreadQueue {
  add(thread: string, work: () => Promise<void>): void;
  idle(): Promise<void>;
}

/** @param atOnce how many threads are worked on at the same time. Work must not reject. */
export function createThreadQueue(atOnce: number): ThreadQueue {
  const waiting = new Map<string, (() => Promise<void>)[]>();
  const running = new Set<string>();
  let resolveIdle: (() => void)[] = [];

  function next() {
    for (const [thread, works] of waiting) {
      if (running.size >= atOnce) break;
      if (running.has(thread)) continue;
      const work = works.shift();
      if (works.length === 0) waiting.delete(thread);
      if (!work) continue;
      running.add(thread);
      work().finally(() => {
        running.delete(thread);
        next();
      });
    }
    if (running.size === 0 && waiting.size === 0) {
      for (const resolve of resolveIdle) resolve();
      resolveIdle = [];
    }
  }

  return {
    add(thread, work) {
      waiting.set(thread, [...(waiting.get(thread) ?? []), work]);
      next();
    },
    idle() {
      if (running.size === 0 && waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => resolveIdle.push(resolve));
    },
  };
}
