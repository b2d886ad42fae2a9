import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Timing } from '../../base/Timing.ts';

const PATIENCE_MS = 30_000;

/**
 * Waits for a platform only so long: one that is away must not keep the sources of others from being told.
 * @returns the same, that rejects with BackscrollError `unavailable` after 30 seconds
 */
export function inTime<T>(platform: string, ask: () => Promise<T>, timing: Timing): () => Promise<T> {
  return async () => {
    const over = new AbortController();
    try {
      return await Promise.race([
        ask(),
        timing.wait(PATIENCE_MS, over.signal).then(() => {
          throw new BackscrollError(
            'unavailable',
            `${platform} is not connected. It is looked at again in some minutes.`,
          );
        }),
      ]);
    } finally {
      over.abort();
    }
  };
}
