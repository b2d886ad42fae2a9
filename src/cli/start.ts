import type { Loaded } from '../../config/load.ts';
import { BackscrollError } from '../base/BackscrollError.ts';
import { createLog } from '../base/log.ts';
import { tellAlert } from '../main/alerts.ts';
import { createBots } from '../main/createBots.ts';
import { type App, createApp } from '../main.ts';
import { type Home, takeHome } from '../store/home.ts';
import type { Output } from './commands/Output.ts';
import type { RunningApp } from './operations/Operation.ts';
import { runOperation } from './operations/operations.ts';
import { suggestedQuestions, takeInSample } from './operations/sample.ts';
import { serveOwner } from './owner/serveOwner.ts';
import { socketPath } from './owner/socketPath.ts';
import { ownerInWords } from './perform.ts';

const UPKEEP_MS = 6 * 3_600_000;

/**
 * Runs the bot until it is told to stop (SIGINT, SIGTERM). Ready means that the first question can be asked: what else
 * there is to do (the sample, an import that was cut off, vectors that wait) goes on behind it.
 */
export async function start(loaded: Loaded, options: { readonly sample: boolean }, output: Output): Promise<void> {
  const startedMs = Date.now();
  // Since the process began, so that loading the program counts.
  const beganMs = performance.timeOrigin;
  const home = ownHome(loaded);
  const log = createLog(loaded.config.log.level);
  try {
    const app = await createApp({ loaded, databaseFile: home.databaseFile, log, now: Date.now });
    const stopping = new AbortController();
    let readyMs: number | undefined;
    let link: () => string | undefined = () => undefined;
    let reviewLink: () => string | undefined = () => undefined;
    const bots = await createBots(app, { suggestions: () => suggestedQuestions(app) });
    const running: RunningApp = {
      ...{ ...app, command: 'start', startedMs, readyMs: () => readyMs, link: () => link() },
      slack: () => bots.slack?.state(),
      discord: () => bots.discord?.state(),
      reviewLink: () => reviewLink(),
    };
    try {
      app.begin();
      const { url } = await bots.web.listen();
      link = () => bots.web.link();
      reviewLink = () => bots.web.reviewLink();
      const socket = await serveOwner(
        socketPath(loaded.home),
        (name, args, io) => runOperation(running, name, args, io),
        log,
      );
      readyMs = Math.round(Date.now() - beganMs);
      const stopped = untilStopped();
      say(output, { url, link: bots.web.link(), home: loaded.home, readyMs });
      const daily = setInterval(() => tidy(app), UPKEEP_MS);
      stopping.signal.addEventListener('abort', () => clearInterval(daily));
      await bots.respond.resume();
      void bots.discord?.start().catch((error) => log.error({ err: error }, 'Discord is not connected'));
      const schedule = app.keeping.begin((alert) => tellAlert(app, bots, alert));
      void schedule.start().catch((error) => {
        if (!stopping.signal.aborted) log.error({ err: error }, 'what is to be synced could not be told');
      });
      void bots.slack?.start().catch((error) => log.error({ err: error }, 'Slack is not connected'));
      void workBehind(app, options, stopping.signal, log);
      await stopped;
      output.aside('Stopping …');
      stopping.abort(new BackscrollError('cancelled', 'Backscroll is stopping.'));
      await Promise.all([app.imports.stop(), app.keeping.stop()]);
      await socket.close({ stopNow: true });
    } finally {
      await bots.stop();
      await app.stop();
    }
  } finally {
    home.release();
  }
}

function ownHome(loaded: Loaded): Home {
  const taken = takeHome(loaded.home, 'start');
  if ('home' in taken) return taken.home;
  throw new BackscrollError(
    'home',
    `${loaded.home} is in use by ${ownerInWords(taken.owner)}. One process owns a home: end that one first, or set BACKSCROLL_HOME to another folder.`,
  );
}

async function workBehind(
  app: Awaited<ReturnType<typeof createApp>>,
  options: { sample: boolean },
  signal: AbortSignal,
  log: typeof app.log,
) {
  try {
    if (options.sample) await takeInSample(app, signal);
    if (!signal.aborted) await app.imports.resume();
    if (!signal.aborted) await rebuildOwed(app, signal);
    app.preferences.leaving.resume();
    // What was erased or stored, and not yet taken out of, or into, the indexes.
    if (!signal.aborted) await app.ingest.settle({ signal });
    tidy(app);
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'the sample could not be taken in');
  }
}

/** What cannot be built again is tried again by the next `forget`, and named by `status` and `doctor`. */
async function rebuildOwed({ preferences, log }: App, signal: AbortSignal) {
  const { datasets, leftovers } = await preferences.rebuild.all(signal);
  for (const { sentence } of [...datasets.filter(({ owed }) => owed), ...leftovers]) log.warn(sentence);
}

/** A full disk or a busy database is no reason to end: there is a next time. */
function tidy(app: App) {
  try {
    app.store.upkeep(app.now());
  } catch (error) {
    app.log.warn({ err: error }, 'what is past its time could not be cleared away');
  }
}

function say(output: Output, ready: { url: string; link: string; home: string; readyMs: number }) {
  output.line(`Backscroll is ready. Open this link (it works once; for another: npx backscroll open):`);
  output.line();
  output.line(`  ${ready.link}`);
  output.line();
  output.line(`Everything is kept in ${ready.home}. Stop with Ctrl+C.`);
  output.result({ ...ready, pid: process.pid });
}

/** Resolves at the first signal to stop; a second one ends the process at once: what was stored is safe. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  });
}
