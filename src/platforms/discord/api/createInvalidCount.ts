import { createWindow } from '../../window.ts';

/** Discord bans an address for a while after 10,000 of these in ten minutes: from a tenth of that on we are silent. */
const MOST = 1_000;
/** What may be left out is left out earlier. */
const LEFT_TO_ANSWERS = 500;
const TEN_MINUTES_MS = 600_000;

/** Requests that Discord calls invalid: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans */
export interface InvalidCount {
  /** @param isShared a 429 that others caused, which does not count */
  note(status: number, isShared: boolean): void;
  /** After how many milliseconds a request may be made, 0 at once. */
  waitMs(isAnswer: boolean): number;
  count(): number;
}

export function createInvalidCount(now: () => number): InvalidCount {
  const window = createWindow(MOST, TEN_MINUTES_MS, now);
  let times: number[] = [];
  return {
    note(status, isShared) {
      if (status !== 401 && status !== 403 && (status !== 429 || isShared)) return;
      window.count();
      times.push(now());
    },
    waitMs: (isAnswer) => window.waitMs(isAnswer ? 0 : LEFT_TO_ANSWERS),
    count() {
      times = times.filter((atMs) => atMs > now() - TEN_MINUTES_MS);
      return times.length;
    },
  };
}
