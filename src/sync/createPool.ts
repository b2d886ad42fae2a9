/** Does work of which only so much goes on at once; what waits is done in the order in which it came. */
export interface Pool {
  /** Rejects with the signal's reason when it is aborted before the work has begun. */
  add<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createPool(atOnce: number): Pool {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async add(work, signal) {
      if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        // Whoever comes next takes our place.
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
