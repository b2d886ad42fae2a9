import type { Log } from '../base/log.ts';
import type { Timing } from '../base/Timing.ts';
import type { SyncStates } from '../store/syncStates.ts';
import type { Alert } from './alerts.ts';
import type { Sync } from './createSync.ts';
import type { Cron } from './cron.ts';
import type { Source } from './sources/Source.ts';

const EVERY_MINUTE = '* * * * *';
/** What is asked for soon waits so long for more of its kind. */
const SOON_MS = 2_000;
/** After messages came in, what they link to is looked for at most so often. */
const LINKS_EVERY_MS = 20_000;
/** Which sources there are is looked at again after so long, when nothing else asked. */
const LOOK_EVERY_MS = 10 * 60_000;

/** Keeps the sources in step by the clock, for as long as the process runs. */
export interface Schedule {
  /** Begins: what was missed while nobody ran is read at once. */
  start(): Promise<void>;
  /** These sources (ids, kinds) are to be read, or looked for, soon. */
  soon(...names: readonly string[]): void;
  /** Messages of a space came in: what they link to is fetched soon. */
  messagesCame(spaceId: string): void;
  stop(): Promise<void>;
}

export function createSchedule(deps: {
  readonly sync: Sync;
  readonly states: SyncStates;
  readonly cron: Cron;
  readonly timing: Timing;
  /** Tells the operator, once for each new trouble. */
  readonly tell: (alert: Alert) => Promise<void>;
  /** Each minute: what is past its time is let go. */
  readonly tidy: () => void;
  readonly log: Log;
}): Schedule {
  const { sync, states, cron, timing, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const tasks = new Map<string, () => void>();
  const working = new Set<Promise<unknown>>();
  const told = new Set<string>();
  const linkedMs = new Map<string, number>();
  let wanted = new Set<string>();
  let lookedMs = Number.NEGATIVE_INFINITY;

  function inBackground(work: () => Promise<unknown>) {
    const mine = work().catch((error) => {
      if (!signal.aborted) log.error({ err: error }, 'a sync could not be done');
    });
    working.add(mine);
    void mine.finally(() => working.delete(mine));
  }

  async function look(): Promise<readonly Source[]> {
    lookedMs = timing.now();
    const { sources } = await sync.look();
    for (const { about } of sources) {
      if (about.cron === null || tasks.has(about.cron)) continue;
      const expression = about.cron;
      tasks.set(
        expression,
        cron.every(expression, () => inBackground(() => runDue(expression))),
      );
    }
    // Those that are new are not waited with until their hour comes.
    const fresh = sources.filter(({ about }) => states.find(about.id)?.startedMs === undefined);
    if (fresh.length > 0) inBackground(() => run(fresh));
    return sources;
  }

  const run = (sources: readonly Source[]) =>
    sources.length === 0
      ? Promise.resolve()
      : sync.run(
          sources.map(({ about }) => about.id),
          { signal },
        );

  async function runDue(expression: string) {
    await run((await look()).filter(({ about }) => about.cron === expression));
  }

  /** What stands there longer than half of its promise, and every channel: it may have been spoken in unheard. */
  function isOverdue({ about, live }: Source): boolean {
    const { successMs, startedMs } = states.find(about.id) ?? {};
    if (startedMs === undefined) return false; // look() has begun it
    return live !== undefined || successMs === undefined || timing.now() - successMs > about.staleAfterMs / 2;
  }

  async function runSoon() {
    await timing.wait(SOON_MS, signal);
    const names = wanted;
    wanted = new Set();
    if (signal.aborted) return;
    const sources = await look();
    await run(sources.filter(({ about }) => names.has(about.id) || names.has(about.kind)));
  }

  async function everyMinute() {
    deps.tidy();
    const alerts = sync.now.alerts();
    const keys = new Set(alerts.map(({ syncId, kind }) => `${kind} ${syncId}`));
    for (const key of told) if (!keys.has(key)) told.delete(key);
    for (const alert of alerts) {
      const key = `${alert.kind} ${alert.syncId}`;
      if (told.has(key)) continue;
      told.add(key);
      log.warn({ source: alert.syncId, kind: alert.kind }, alert.sentence);
      await deps.tell(alert).catch((error) => log.warn({ err: error }, 'an alert could not be posted'));
    }
    if (timing.now() - lookedMs > LOOK_EVERY_MS) await look();
  }

  function soon(...names: readonly string[]) {
    const isFirst = wanted.size === 0;
    for (const name of names) wanted.add(name);
    if (isFirst && wanted.size > 0) inBackground(runSoon);
  }

  return {
    async start() {
      sync.listen();
      tasks.set(
        EVERY_MINUTE,
        cron.every(EVERY_MINUTE, () => inBackground(everyMinute)),
      );
      const sources = await look();
      inBackground(() => run(sources.filter(isOverdue)));
    },
    soon,
    messagesCame(spaceId) {
      const nowMs = timing.now();
      if (nowMs - (linkedMs.get(spaceId) ?? Number.NEGATIVE_INFINITY) < LINKS_EVERY_MS) return;
      linkedMs.set(spaceId, nowMs);
      inBackground(async () => {
        await timing.wait(LINKS_EVERY_MS, signal);
        if (!signal.aborted) soon(`links:${spaceId}`);
      });
    },
    async stop() {
      stopping.abort();
      for (const end of tasks.values()) end();
      tasks.clear();
      await Promise.allSettled(working);
    },
  };
}
