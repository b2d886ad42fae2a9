/** Time, handed in: a test or a measurement brings a server's own. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so long, or at once when the signal says that nobody waits any more; never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own time. Waiting keeps no process alive. */
export const realTiming: Timing = {
  now: Date.now,
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      signal?.addEventListener('abort', done, { once: true });
    }),
};
