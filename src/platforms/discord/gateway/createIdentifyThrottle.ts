import type { Timing } from '../../../base/Timing.ts';

/** Discord takes an IDENTIFY every five seconds … */
const EVERY_MS = 5_100;
/** … and takes a token back after 1,000 of them in a day: a gateway that keeps breaking off must not use them up. */
const BURST = 30;
const REFILL_MS = 100_000;

/** When a shard may identify: a few at once after a rest, then so that a day's never run out. */
export function createIdentifyThrottle(timing: Timing) {
  let level = BURST;
  let atMs = timing.now();
  let lastMs = Number.NEGATIVE_INFINITY;
  let turn: Promise<void> = Promise.resolve();

  async function wait(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const nowMs = timing.now();
      level = Math.min(BURST, level + (nowMs - atMs) / REFILL_MS);
      atMs = nowMs;
      // A rest of all but a few means that nothing is wrong: then the pace of five seconds is only for several shards.
      const paceMs = level > BURST - 5 ? 0 : lastMs + EVERY_MS - nowMs;
      const ms = Math.max(paceMs, level >= 1 ? 0 : (1 - level) * REFILL_MS);
      if (ms <= 0) break;
      await timing.wait(Math.min(Math.ceil(ms), 5_000), signal);
    }
    level--;
    lastMs = timing.now();
  }

  return {
    waitForIdentify(_: number, signal: AbortSignal): Promise<void> {
      const mine = turn.catch(() => {}).then(() => wait(signal));
      turn = mine;
      return mine;
    },
  };
}
