import type { Log } from '../base/log.ts';
import type { Timing } from '../base/Timing.ts';
import type { Ingest } from '../knowledge/ingest/Ingest.ts';
import type { Latencies } from './createLatencies.ts';

/** So long the first of what comes is waited with, for more of its kind. */
const FIRST_GATHER_MS = 800;
/** While more keeps coming, longer, so that a busy conversation is embedded a few times a minute and not at each word. */
const LONGEST_GATHER_MS = 2_000;
/** What was read of a history waits longer: the replies of the threads on a page come after it. */
const HISTORY_GATHER_MS = 10_000;
/** Bytes of what was taken away leave the disk within this time; it costs more the more is known. */
const SCRUB_EVERY_MS = 300_000;

/** Brings what was stored into the indexes, in batches. */
export interface Settler {
  /**
   * Something was stored.
   * @param happenedMs when it happened, for what was heard live: how long it takes to be found is measured
   */
  soon(happenedMs?: number): void;
  /** Resolves when everything that was stored before the call is in the indexes. */
  done(): Promise<void>;
  stop(): Promise<void>;
}

export function createSettler(deps: {
  readonly ingest: Pick<Ingest, 'settle'>;
  readonly latencies: Latencies;
  readonly timing: Timing;
  readonly log: Log;
}): Settler {
  const { ingest, latencies, timing, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  /** Ends a wait: something that is live came, or somebody waits for us. */
  let wakeup = new AbortController();
  let isHurried = false;
  let firstMs = 0;
  let waiting: number[] = [];
  let isWanted = false;
  let next = Promise.withResolvers<void>();
  let running: Promise<void> | undefined;
  let scrubbedMs = timing.now();

  async function settleOnce() {
    const since = waiting;
    const round = next;
    waiting = [];
    isWanted = false;
    next = Promise.withResolvers<void>();
    const isScrubDue = timing.now() - scrubbedMs >= SCRUB_EVERY_MS;
    if (isScrubDue) scrubbedMs = timing.now();
    try {
      await ingest.settle({ signal, scrub: isScrubDue ? 'now' : 'later' });
      for (const happenedMs of since) latencies.note(happenedMs, timing.now());
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'what was synced could not be indexed yet');
    } finally {
      round.resolve();
    }
  }

  /** Waits for more of its kind: from what was heard first on, or, if nothing was, for the rest of what is read. */
  async function gather(gatherMs: number) {
    const begunMs = timing.now();
    while (!isHurried && !signal.aborted) {
      const untilMs = waiting.length > 0 ? firstMs + gatherMs : begunMs + HISTORY_GATHER_MS;
      const leftMs = untilMs - timing.now();
      if (leftMs <= 0) return;
      await timing.wait(Math.min(leftMs, HISTORY_GATHER_MS), AbortSignal.any([signal, wakeup.signal]));
      wakeup = new AbortController();
    }
    isHurried = false;
  }

  async function work() {
    let gatherMs = FIRST_GATHER_MS;
    while (isWanted && !signal.aborted) {
      await gather(gatherMs);
      if (signal.aborted) return;
      await settleOnce();
      gatherMs = Math.min(LONGEST_GATHER_MS, gatherMs * 2);
    }
  }

  function wake(): Promise<void> {
    running ??= work().finally(() => {
      running = undefined;
      if (isWanted && !signal.aborted) void wake();
    });
    return running;
  }

  return {
    soon(happenedMs) {
      isWanted = true;
      if (happenedMs !== undefined) {
        if (waiting.length === 0) firstMs = timing.now();
        waiting.push(happenedMs);
        if (waiting.length === 1) wakeup.abort();
      }
      void wake();
    },
    async done() {
      if (signal.aborted) return;
      // Not the round that is under way: it may have begun before the last of what was stored.
      const { promise } = next;
      isWanted = true;
      isHurried = true;
      wakeup.abort();
      void wake();
      await promise;
    },
    async stop() {
      stopping.abort();
      await running;
      next.resolve();
    },
  };
}
