import { BackscrollError } from '../base/BackscrollError.ts';
import type { Timing } from '../base/Timing.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** It may or may not have been done: a hang, a broken connection, a 5xx. */
export const isUnsure = (error: unknown) => error instanceof BackscrollError && error.code === 'unavailable';

/**
 * Does work as often as it takes, with growing pauses, while it is unsure whether it was done: an answer is not lost
 * because a platform has a bad hour. Rejects with whatever else stops it, and when nobody waits any more.
 */
export async function patiently<T>(work: () => Promise<T>, timing: Timing, signal: AbortSignal): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isUnsure(error) || signal.aborted) throw error;
      await timing.wait(waitMs, signal);
    }
  }
}
