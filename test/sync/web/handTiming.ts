import type { Timing } from '../../../src/base/Timing.ts';

/** Time that passes only by `pass`, and wakes on the way whoever waits for it, in order. */
export function createHandTiming(startMs = Date.UTC(2026, 9, 1)): Timing & { pass(ms: number): Promise<void> } {
  let nowMs = startMs;
  const sleeping = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  const settle = async () => {
    for (let i = 0; i < 5; i++) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return {
    now: () => nowMs,
    wait(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { dueMs: nowMs + ms, wake: resolve };
        sleeping.add(sleeper);
        const gone = () => {
          sleeping.delete(sleeper);
          resolve();
        };
        signal?.addEventListener('abort', gone, { once: true });
      });
    },
    async pass(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = [...sleeping].sort((a, b) => a.dueMs - b.dueMs);
        if (!next || next.dueMs > untilMs) break;
        sleeping.delete(next);
        nowMs = next.dueMs;
        next.wake();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** Time that jumps: whoever waits has waited already, and the clock shows it. */
export function createJumpingTiming(startMs = Date.UTC(2026, 9, 1)): Timing & { readonly waits: number[] } {
  let nowMs = startMs;
  const waits: number[] = [];
  return {
    waits,
    now: () => nowMs,
    async wait(ms) {
      if (ms > 0) waits.push(ms);
      nowMs += ms;
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}
