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

/** A window whose size may turn out to be smaller than the documentation says: that of another class of app. */
export interface LearningWindow extends Window {
  /** Slack refused a call that was counted: so many as went before it are what is allowed. */
  learn(): void;
  /** How many calls it allows now. */
  most(): number;
  /** How long ago the last call was. */
  sinceLastMs(): number;
}

/** So long a smaller size is believed; longer when it is so small that it can only be the class of the app. */
const BELIEVED_MS = 600_000;
const CLASS_BELIEVED_MS = 6 * 3_600_000;
const OTHER_CLASS = 5;

/**
 * @param most calls in any `lengthMs`
 * @param now milliseconds since 1970
 */
export function createWindow(most: number, lengthMs: number, now: () => number): LearningWindow {
  let times: number[] = [];
  let learned: { readonly most: number; readonly atMs: number } | undefined;
  let promised = 0;
  let pausedUntilMs = 0;
  const allowed = () => {
    const believedMs = learned && learned.most <= OTHER_CLASS ? CLASS_BELIEVED_MS : BELIEVED_MS;
    if (learned && now() - learned.atMs > believedMs) learned = undefined;
    return learned?.most ?? most;
  };
  return {
    most: allowed,
    sinceLastMs: () => now() - (times.at(-1) ?? Number.NEGATIVE_INFINITY),
    learn() {
      const nowMs = now();
      const before = times.filter((atMs) => atMs > nowMs - lengthMs).length - 1;
      // With none before it, it was somebody else's calls that were counted.
      if (before >= 1 && before < allowed()) learned = { most: before, atMs: nowMs };
    },
    waitMs(keep = 0) {
      const nowMs = now();
      times = times.filter((atMs) => atMs > nowMs - lengthMs);
      const room = allowed() - promised - Math.min(keep, allowed() - 1);
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
