/** The time of a fake server. What waits for it (retries of events, rate limits, the life of a trigger) needs no real waiting. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves time on, and runs whatever falls due on the way, in order. */
  advance(ms: number): void;
  /** Runs something once that much time has passed; returns how to call it off. */
  after(ms: number, run: () => void): () => void;
  stop(): void;
}

export interface ClockOptions {
  readonly startMs?: number;
  /** True (the default): time also passes by itself. False: it moves by `advance` only. */
  readonly running?: boolean;
}

export function createClock(options: ClockOptions = {}): FakeClock {
  const { running = true } = options;
  const begunMs = Date.now();
  let reachedMs = options.startMs ?? begunMs;
  const passedMs = () => (running ? Date.now() - begunMs : 0);
  let skippedMs = reachedMs - (running ? begunMs : 0);
  const waiting = new Set<{ readonly dueMs: number; readonly run: () => void }>();
  let alarm: NodeJS.Timeout | undefined;

  const now = () => {
    // The machine's clock may be set back; this one never goes back.
    reachedMs = Math.max(reachedMs, skippedMs + (running ? begunMs + passedMs() : 0));
    return reachedMs;
  };
  const nextDue = () => [...waiting].sort((a, b) => a.dueMs - b.dueMs)[0];

  function runDue(untilMs: number): void {
    for (let next = nextDue(); next && next.dueMs <= untilMs; next = nextDue()) {
      waiting.delete(next);
      skippedMs += Math.max(0, next.dueMs - now());
      next.run();
    }
    arm();
  }

  function arm(): void {
    clearTimeout(alarm);
    const next = nextDue();
    if (!running || !next) return;
    alarm = setTimeout(() => runDue(now()), Math.max(0, next.dueMs - now()));
    alarm.unref();
  }

  return {
    now,
    advance(ms) {
      const untilMs = now() + ms;
      runDue(untilMs);
      skippedMs += Math.max(0, untilMs - now());
      arm();
    },
    after(ms, run) {
      const entry = { dueMs: now() + ms, run };
      waiting.add(entry);
      arm();
      return () => {
        waiting.delete(entry);
        arm();
      };
    },
    stop() {
      waiting.clear();
      clearTimeout(alarm);
    },
  };
}
