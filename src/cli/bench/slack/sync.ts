import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../../../test/fakes/clock/createClock.ts';
import { createVirtualTime } from '../../../../test/fakes/clock/virtualTime.ts';
import type { FakeSlack } from '../../../../test/fakes/slack/FakeSlack.ts';
import { startFakeSlack } from '../../../../test/fakes/slack/startFakeSlack.ts';
import { realTiming } from '../../../base/Timing.ts';
import type { Budget } from '../../../platforms/slack/api/budget.ts';
import { type BenchHome, openBenchHome } from './openBenchHome.ts';
import { benchLive, type LiveResult } from './syncLive.ts';
import { fillWorkspace, writeWorkspace } from './syncWorkspace.ts';

const START_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const PER_MINUTE = 50;

export interface SyncBenchResult {
  readonly messages: number;
  readonly channels: number;
  readonly threads: number;
  /** On the platform's clock, with its limits. */
  readonly backfill: {
    readonly historyCalls: number;
    readonly repliesCalls: number;
    readonly minutes: number;
    readonly leastMinutes: number;
    /** Of the pace that the limits allow. */
    readonly pace: number;
    readonly refused429: number;
    readonly stored: number;
  };
  readonly reconcile: {
    readonly calls: number;
    readonly embedded: number;
    readonly written: number;
    readonly changed: number;
    readonly cpuSeconds: number;
  };
  /** Without limits, in messages a second of this machine. */
  readonly unlimited: {
    readonly backfillSeconds: number;
    /** The same calls to this Slack, by a plain fetch, with nothing done about them. */
    readonly callsSeconds: number;
    readonly importSeconds: number;
    /** Of the import's pace, without what this Slack itself takes. */
    readonly share: number;
  };
  readonly live: LiveResult;
}

export interface SyncBenchOptions {
  readonly messages: number;
  readonly channels: number;
  readonly report: (sentence: string) => void;
}

/** How fast and how gently channels are kept in step, against a Slack on this machine. */
export async function benchSync({ messages, channels, report }: SyncBenchOptions): Promise<SyncBenchResult> {
  const { backfill, reconcile, threads } = await withLimits({ messages, channels, report });
  const unlimited = await withoutLimits({ messages, channels, report });
  report('50 messages a second for a minute');
  return { messages, channels, threads, backfill, reconcile, unlimited, live: await benchLive(report) };
}

async function withLimits({ messages, channels, report }: SyncBenchOptions) {
  const clock = createClock({ running: false, startMs: START_MS });
  const fake = await startFakeSlack({ clock });
  const workspace = fillWorkspace(fake, messages, channels);
  const time = createVirtualTime(clock);
  const home = await openBenchHome(fake, time);
  const { signal } = new AbortController();
  const accepted = (method: string) => fake.calls(method).filter(({ isAccepted }) => isAccepted);
  const run = async () => time.until(home.keeping.sync.run([], { signal }));
  try {
    report(`${messages} messages in ${channels} channels, ${workspace.threads} threads, at Slack's pace`);
    const { sources } = await run();
    const history = accepted('conversations.history');
    const replies = accepted('conversations.replies');
    const times = [...history, ...replies].map(({ atMs }) => atMs).sort((a, b) => a - b);
    const minutes = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 60_000;
    // Pages and threads have a budget each.
    const leastMinutes = Math.max(history.length, replies.length) / PER_MINUTE;
    const backfill = {
      ...{ historyCalls: history.length, repliesCalls: replies.length, minutes, leastMinutes },
      pace: leastMinutes / minutes,
      refused429: fake.calls().filter(({ status }) => status === 429).length,
      stored: sources.reduce((sum, one) => sum + one.messages.added, 0),
    };
    report('all of it once more, unchanged');
    await run(); // what the first one has to look at again, because events may have been missed meanwhile
    const before = { ...home.written, calls: fake.calls().length };
    clock.advance(8 * DAY_MS);
    const cpu = process.cpuUsage();
    let changed = 0;
    for (const days of [7, 1]) {
      const again = await run();
      changed += again.sources.reduce((sum, { messages: of }) => sum + of.added + of.changed + of.removed, 0);
      clock.advance(days * DAY_MS);
    }
    const { user, system } = process.cpuUsage(cpu);
    const reconcile = {
      calls: fake.calls().length - before.calls,
      embedded: home.written.passages - before.passages,
      written: home.written.vectors - before.vectors,
      changed,
      cpuSeconds: (user + system) / 1e6,
    };
    return { backfill, reconcile, threads: workspace.threads };
  } finally {
    await time.until(home.stop());
    await fake.stop();
  }
}

async function withoutLimits({ messages, channels, report }: SyncBenchOptions) {
  const fake = await startFakeSlack({ clock: createClock({ running: false, startMs: START_MS }), limits: 'off' });
  const workspace = fillWorkspace(fake, messages, channels);
  const folder = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  const { signal } = new AbortController();
  try {
    await writeWorkspace(fake, folder, workspace);
    report('the same without limits: imported');
    const imported = await timed(fake, ({ app }) =>
      app.imports.run({ path: folder, space: 'bench' }, { signal, progress: () => {} }),
    );
    report('the same without limits: read from Slack');
    const read = await timed(fake, ({ keeping }) => keeping.sync.run([], { signal }));
    const calls = await callAgain(fake);
    return {
      ...{ backfillSeconds: read, callsSeconds: calls, importSeconds: imported },
      share: imported / (read - calls),
    };
  } finally {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds that the same calls take by themselves: this Slack runs in the same process. */
async function callAgain(fake: FakeSlack): Promise<number> {
  const calls = fake.calls().filter(({ method, isAccepted }) => isAccepted && method.startsWith('conversations.'));
  const todo = calls.map(({ method, args }) => ({ method, body: new URLSearchParams(args as Record<string, string>) }));
  const headers = { authorization: `Bearer ${fake.botToken}` };
  const begun = performance.now();
  const lane = async () => {
    for (let next = todo.pop(); next; next = todo.pop()) {
      const { method, body } = next;
      await (await fetch(`${fake.apiUrl}${method}`, { method: 'POST', headers, body })).json();
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return (performance.now() - begun) / 1000;
}

/** Seconds of it, in a home of its own. No budget holds it up. */
async function timed(fake: FakeSlack, work: (home: BenchHome) => Promise<unknown>): Promise<number> {
  const home = await openBenchHome(fake, realTiming, UNLIMITED);
  try {
    await home.app.vectors.ready(new AbortController().signal);
    const begun = performance.now();
    await work(home);
    return (performance.now() - begun) / 1000;
  } finally {
    await home.stop();
  }
}

const UNLIMITED: Budget = {
  take: async () => {},
  tryTake: () => true,
  reserve: () => ({ release: () => {} }),
  pause: () => {},
  everyMs: () => 1,
};

export function formatSyncTable({
  messages,
  channels,
  threads,
  backfill,
  reconcile,
  unlimited,
  live,
}: SyncBenchResult): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const n = (value: number, digits = 0) => value.toFixed(digits);
  const threaded = percent((threads * 8) / messages);
  return [
    `${messages} messages in ${channels} channels, ${threaded} of them in ${threads} threads; Slack's Tier 3, on its clock`,
    `  backfill         ${n(backfill.minutes, 1)} min for ${backfill.historyCalls} pages and ${backfill.repliesCalls} threads; the limits allow ${n(backfill.leastMinutes, 1)} min: ${percent(backfill.pace)} of their pace`,
    `                   ${backfill.stored} stored, ${backfill.refused429} refused (429)`,
    `  once more        ${reconcile.calls} calls, ${reconcile.changed} changed, ${reconcile.embedded} embedded, ${reconcile.written} written to Chroma, ${n(reconcile.cpuSeconds, 1)} s of CPU (this Slack's own with it)`,
    `Without limits     ${n(unlimited.backfillSeconds, 1)} s from Slack, ${n(unlimited.callsSeconds, 1)} s of it this Slack's own; ${n(unlimited.importSeconds, 1)} s imported: ${percent(unlimited.share)} of the import's pace`,
    `Live               ${live.heard} messages in ${live.seconds} s over ${live.channels} channels: said to searchable p50 ${n(live.p50Ms)} ms, p95 ${n(live.p95Ms)} ms`,
    `                   memory ${n(live.memoryBeforeMb)} MB before, ${n(live.memoryHalfMb)} MB half-way, ${n(live.memoryAfterMb)} MB after`,
    `                   ask p95 ${n(live.askRestP95Ms)} ms at rest, ${n(live.askLiveP95Ms)} ms meanwhile; ${live.embedded} passages embedded for ${live.heard} messages`,
  ].join('\n');
}
