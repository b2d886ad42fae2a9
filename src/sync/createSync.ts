import { BackscrollError } from '../base/BackscrollError.ts';
import type { Log } from '../base/log.ts';
import type { Timing } from '../base/Timing.ts';
import type { Ingest } from '../knowledge/ingest/Ingest.ts';
import type { LeftOutEntry } from '../store/leftOut.ts';
import type { Store } from '../store/store.ts';
import { type Alert, alertsOf } from './alerts.ts';
import { createLatencies, type Latencies } from './createLatencies.ts';
import { createPool } from './createPool.ts';
import { createRunner, type RunOptions, type RunOutcome } from './createRunner.ts';
import { createSettler, type Settler } from './createSettler.ts';
import type { Catalogue, Source } from './sources/Source.ts';
import { createTaker } from './takeItems.ts';

export interface SyncSettings {
  /** How many sources are read side by side. */
  readonly atOnce: number;
  /** What takes away more than this share of a source is held back once. */
  readonly shrinkShare: number;
  /** So many failed runs in a row are told to the operator. */
  readonly failuresToTell: number;
}

export interface SyncReport {
  readonly sources: readonly RunOutcome[];
  /** Kinds of sources of which it could not be told which there are. */
  readonly problems: readonly { readonly kind: string; readonly sentence: string }[];
}

/** Keeps the sources in step. */
export interface Sync {
  /** Which sources there are now; those that are gone are forgotten, new ones are listened to once `listen` was called. */
  look(): Promise<{ readonly sources: readonly Source[]; readonly problems: SyncReport['problems'] }>;
  /**
   * One sync of the sources that an id, a name or a kind stands for, or of all, into the indexes.
   * @throws BackscrollError `not-found` for what names none
   */
  run(names: readonly string[], options: RunOptions & { readonly each?: RunProgress }): Promise<SyncReport>;
  /** From now on what happens is taken in too. */
  listen(): void;
  readonly now: {
    isRunning(id: string): boolean;
    alerts(): Alert[];
    latencies: Latencies;
  };
  /** What the operator removed is left out until it is taken back. */
  readonly choice: {
    /** Resolves when nothing more comes of these sources. Either an id, or a space's for all of its sources. */
    leaveOut(entry: LeftOutEntry): Promise<void>;
    /** By id or name. It is read again from its beginning. @returns what was taken back */
    takeBack(nameOrId: string): Promise<LeftOutEntry[]>;
    leftOut(): LeftOutEntry[];
  };
  readonly settler: Settler;
  add(catalogue: Catalogue): void;
  stop(): Promise<void>;
}

export type RunProgress = (source: Source, progress: Parameters<NonNullable<RunOptions['report']>>[0]) => void;

export function createSync(deps: {
  readonly store: Pick<Store, 'syncStates' | 'syncDocuments' | 'documents' | 'leftOut'>;
  readonly ingest: Ingest;
  readonly catalogues: readonly Catalogue[];
  readonly settings: SyncSettings;
  readonly timing: Timing;
  /** When a source is read next, by its cron expression. */
  readonly nextMs: (expression: string) => number | undefined;
  /** Messages of a space came in: what they link to may be new. */
  readonly onMessages?: (spaceId: string) => void;
  readonly log: Log;
}): Sync {
  const { ingest, settings, timing, log } = deps;
  const { syncStates: states, syncDocuments: documents, leftOut } = deps.store;
  const catalogues = [...deps.catalogues];
  const stopping = new AbortController();
  const latencies = createLatencies();
  const settler = createSettler({ ingest, latencies, timing, log });
  const runner = createRunner({
    ...{ ingest, states, documents, stored: deps.store.documents, shrinkShare: settings.shrinkShare, timing, log },
    onStored(source, what) {
      settler.soon();
      if (what === 'messages') deps.onMessages?.(source.about.spaceId);
    },
  });
  const pool = createPool(settings.atOnce);
  const ears = new Map<string, () => void>();
  let isListening = false;
  let known: readonly Source[] = [];

  function listenTo(source: Source) {
    const { id, spaceId } = source.about;
    if (!isListening || !source.live) return;
    // Anew at each look: what it is may have changed.
    ears.get(id)?.();
    const taker = createTaker(id, { ingest, documents, states });
    const end = source.live.listen(async (items, happenedMs) => {
      if (leftOut.has(source.about)) return;
      for (const item of items) await taker.take(item);
      settler.soon(happenedMs);
      deps.onMessages?.(spaceId);
    });
    ears.set(id, end);
  }

  async function look() {
    const problems: { kind: string; sentence: string }[] = [];
    const found: Source[] = [];
    for (const { kind, sources } of catalogues) {
      try {
        const here = (await sources()).filter(({ about }) => !leftOut.has(about));
        found.push(...here);
        forget(kind, new Set(here.map(({ about }) => about.id)));
        for (const source of here) {
          const { about } = source;
          states.declare(about, about.cron === null ? undefined : deps.nextMs(about.cron));
          listenTo(source);
        }
      } catch (error) {
        const sentence = error instanceof Error ? error.message : String(error);
        problems.push({ kind, sentence });
        if (!stopping.signal.aborted) log.warn({ err: error, kind }, 'which sources there are could not be told');
        // Those that we know of go on.
        found.push(...known.filter(({ about }) => about.kind === kind && !leftOut.has(about)));
      }
    }
    known = found;
    return { sources: found, problems };
  }

  function forget(kind: string, here: ReadonlySet<string>) {
    for (const { id, kind: its } of states.list()) {
      if (its === kind && !here.has(id)) forgetOne(id);
    }
  }

  function forgetOne(id: string) {
    ears.get(id)?.();
    ears.delete(id);
    states.runs.forget(id);
  }

  function chosen(sources: readonly Source[], names: readonly string[]): readonly Source[] {
    if (names.length === 0) return sources;
    return names.flatMap((name) => {
      const found = sources.filter(({ about }) => about.id === name || about.name === name || about.kind === name);
      if (found.length > 0) return found;
      const removed = leftOut.list().find((entry) => [entry.id, entry.name].includes(name));
      if (removed) {
        const undo = `npx backscroll remove --undo "${removed.name}"`;
        throw new BackscrollError('not-found', `"${name}" was removed and is left out of sync; to undo that: ${undo}`);
      }
      const all = sources.map(({ about }) => about.id);
      throw new BackscrollError(
        'not-found',
        `There is no source called "${name}". ${all.length > 0 ? `There are: ${all.join(', ')}.` : 'There are none yet: see "sync" in the README.'}`,
      );
    });
  }

  return {
    look,
    settler,
    now: {
      isRunning: runner.isRunning,
      alerts: () => alertsOf(states.list(), timing.now(), settings.failuresToTell),
      latencies,
    },
    choice: {
      async leaveOut(entry) {
        await leftOut.add(entry);
        const concerned = states.list().filter(({ id, spaceId }) => id === entry.id || spaceId === entry.id);
        for (const one of concerned.filter((state) => leftOut.has(state))) {
          await runner.end(one.id);
          forgetOne(one.id);
        }
        known = known.filter(({ about }) => !leftOut.has(about));
      },
      takeBack: leftOut.takeBack,
      leftOut: leftOut.list,
    },
    add: (catalogue) => void catalogues.push(catalogue),
    listen() {
      isListening = true;
      for (const source of known) listenTo(source);
    },
    async run(names, { signal: asked, each }) {
      const signal = AbortSignal.any([asked, stopping.signal]);
      const { sources, problems } = await look();
      const outcomes = await Promise.all(
        [...new Set(chosen(sources, names))].map((source) =>
          pool
            .add(() => runner.run(source, { signal, report: (progress) => each?.(source, progress) }), signal)
            .catch((error): RunOutcome | undefined => {
              if (signal.aborted) return undefined;
              throw error;
            }),
        ),
      );
      signal.throwIfAborted();
      await settler.done();
      return { sources: outcomes.filter((outcome) => outcome !== undefined), problems };
    },
    async stop() {
      stopping.abort(new BackscrollError('cancelled', 'Backscroll is stopping; the sync goes on at the next start.'));
      for (const end of ears.values()) end();
      await settler.stop();
    },
  };
}
