/** So many calls in any stretch of time, exactly as Slack counts them. */
export interface Window {
  /** After how many milliseconds one more call may be made, 0 at once; `keep` calls are left to others. */
  waitMs(keep?: number): number;
  /** Counts a call made now. */
  count(): void;
  /** Keeps room for a call that is sure to come; what it returns gives the room back (a call made counts for itself). */
  promise(): () => void;
  /** Slack said to come again after so long. */
  pause(ms: number): void;
}

/**
 * @param most calls in any `lengthMs`
 * @param now milliseconds since 1970
 */
export function createWindow(most: number, lengthMs: number, now: () => number): Window {
  let times: number[] = [];
  let promised = 0;
  let pausedUntilMs = 0;
  return {
    waitMs(keep = 0) {
      const nowMs = now();
      times = times.filter((atMs) => atMs > nowMs - lengthMs);
      const room = most - promised - keep;
      const pause = Math.max(0, pausedUntilMs - nowMs);
      if (times.length < room) return pause;
      // The call whose leaving makes room; when everything is promised, it is asked again after the whole stretch.
      const leaving = room > 0 ? times[times.length - room] : undefined;
      return Math.max(pause, leaving === undefined ? lengthMs : leaving + lengthMs - nowMs);
    },
    count() {
      times.push(now());
    },
    promise() {
      promised++;
      let given = false;
      return () => {
        if (!given) promised--;
        given = true;
      };
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, now() + ms);
    },
  };
}

/**
 * One call every `everyMs`, and a few at once after a rest.
 * @param burst how many at once, asked each time: it may have to be learned
 */
export function createBucket(burst: () => number, everyMs: number, now: () => number): Window {
  let level = burst();
  let atMs = now();
  let pausedUntilMs = 0;
  const filled = () => Math.min(burst(), level + (now() - atMs) / everyMs);
  return {
    waitMs(keep = 0) {
      const missing = 1 + keep - filled();
      return Math.max(0, pausedUntilMs - now(), Math.ceil(missing * everyMs));
    },
    count() {
      level = filled() - 1;
      atMs = now();
    },
    promise: () => () => {},
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, now() + ms);
    },
  };
}
