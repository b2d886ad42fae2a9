import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Timing } from '../../base/Timing.ts';

/** Whose turn it is: one request a host at a time with a pause after it, and a bound on all together. */
export interface Hosts {
  /** Runs the work when it is its host's turn. Rejects at once while the host is known not to answer. */
  turn<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** From now on so long between two requests to the host, if that is longer than usual. */
  slow(host: string, delayMs: number): void;
  /** Nobody asks the host until then. How long still, if it is said already. */
  rest(host: string, untilMs: number): void;
  restsUntil(host: string): number;
}

interface Host {
  last: Promise<unknown>;
  nextMs: number;
  pauseMs: number;
  restMs: number;
  /** How often in a row it did not answer. */
  silent: number;
  waiting: number;
}

const SILENT_TIMES = 3;
const SILENT_REST_MS = 10 * 60_000;
const MAX_DELAY_MS = 30_000;
const MAX_HOSTS = 5_000;

export function createHosts(options: {
  readonly atOnce: number;
  readonly pauseMs: number;
  readonly timing: Timing;
}): Hosts {
  const { atOnce, pauseMs, timing } = options;
  const hosts = new Map<string, Host>();
  const queue: (() => void)[] = [];
  let running = 0;

  function hostOf(name: string): Host {
    const known = hosts.get(name);
    if (known) return known;
    if (hosts.size >= MAX_HOSTS) forgetIdle();
    const made = { last: Promise.resolve(), nextMs: 0, pauseMs, restMs: 0, silent: 0, waiting: 0 };
    hosts.set(name, made);
    return made;
  }
  function forgetIdle(): void {
    const now = timing.now();
    for (const [name, host] of hosts) if (host.waiting === 0 && host.restMs < now) hosts.delete(name);
  }
  async function place(): Promise<void> {
    if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
    else running++;
  }
  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else running--;
  }

  async function run<T>(name: string, host: Host, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    // Never longer than the pause, also when the clock was set back meanwhile.
    await timing.wait(Math.min(Math.max(0, host.nextMs - timing.now()), host.pauseMs), signal);
    signal.throwIfAborted();
    if (host.silent >= SILENT_TIMES && host.restMs > timing.now()) {
      throw new BackscrollError('unavailable', `Not fetched: ${name} has not answered for a while.`);
    }
    await place();
    try {
      const result = await work();
      host.silent = 0;
      return result;
    } catch (error) {
      if (error instanceof BackscrollError && error.code === 'unavailable' && ++host.silent >= SILENT_TIMES) {
        host.restMs = Math.max(host.restMs, timing.now() + SILENT_REST_MS);
      }
      throw error;
    } finally {
      leave();
      host.nextMs = timing.now() + host.pauseMs;
    }
  }

  return {
    turn(name, signal, work) {
      const host = hostOf(name);
      host.waiting++;
      const mine = host.last.then(() => run(name, host, signal, work));
      host.last = mine.then(
        () => host.waiting--,
        () => host.waiting--,
      );
      return mine;
    },
    slow(name, delayMs) {
      const host = hostOf(name);
      host.pauseMs = Math.max(pauseMs, Math.min(delayMs, MAX_DELAY_MS));
    },
    rest(name, untilMs) {
      const host = hostOf(name);
      host.restMs = Math.max(host.restMs, untilMs);
    },
    restsUntil: (name) => hosts.get(name)?.restMs ?? 0,
  };
}
