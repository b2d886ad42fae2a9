import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Log } from '../../base/log.ts';
import type { Ingest } from '../../knowledge/ingest/Ingest.ts';
import type { Jobs } from '../../store/jobs.ts';
import type { Settings } from '../../store/settings.ts';
import type { Sources } from '../../store/sources.ts';
import type { Spaces } from '../../store/spaces.ts';
import { folderKey } from './folderKey.ts';
import type { PageReading } from './PageReading.ts';
import type { ImportProgress } from './Progress.ts';
import { type ImportReport, runImport } from './runImport.ts';
import { sweepSpool } from './spoolInput.ts';

export const importOrderSchema = z.object({
  /** Absolute. */
  path: z.string(),
  space: z.string(),
  url: z.string().optional(),
  audience: z.enum(['everybody', 'participants']).optional(),
  /** It came by standard input and lies in the home meanwhile. */
  input: z.object({ name: z.string().optional() }).optional(),
});

export type ImportArguments = z.output<typeof importOrderSchema>;

export type ImportEvent =
  | ({ readonly kind: 'import' } & ImportProgress)
  | { readonly kind: 'settle'; readonly conversations: number; readonly vectors: number };

export interface ImportIo {
  readonly signal: AbortSignal;
  readonly progress: (event: ImportEvent) => void;
}

/** Imports as jobs: one that a crash cut off is taken up by the next process that owns the home. */
export interface Imports {
  run(order: ImportArguments, io: ImportIo): Promise<ImportReport>;
  /** Takes up what was cut off, and whatever waits to be grouped, cut and indexed. Never throws. */
  resume(): Promise<void>;
  /** How many are under way. */
  running(): number;
  /**
   * Stops them all: they are taken up again by the next process. With a space's id: those into that space, for good.
   */
  stop(spaceId?: string): Promise<void>;
}

export function createImports(deps: {
  readonly ingest: Ingest;
  readonly jobs: Jobs;
  readonly spaces: Spaces;
  readonly sources: Pick<Sources, 'readable'>;
  readonly reading: PageReading;
  readonly settings: Settings;
  readonly now: Clock;
  readonly includeBots: boolean;
  readonly maxDocumentBytes: number;
  readonly home: string;
  readonly log: Log;
}): Imports {
  const { ingest, jobs, log } = deps;
  const stopping = new AbortController();
  const active = new Map<Promise<unknown>, { readonly space: string | undefined; readonly cancel: AbortController }>();
  let turn: Promise<unknown> = Promise.resolve();

  function liveSource(teamId: string, channelId: string): number | undefined {
    if (deps.settings.get(`slack:live:${teamId}:${channelId}`) === undefined) return undefined;
    const known = deps.sources.readable(`slack:${teamId}`);
    return known.find(({ kind, key }) => kind === 'channel' && key === channelId)?.id;
  }

  async function work(id: number, order: ImportArguments, io: ImportIo): Promise<ImportReport> {
    try {
      const sourceKey = folderKey(deps.settings, order);
      const report = await runImport({
        path: order.path,
        spaceName: order.space,
        ingest,
        resolveSpace: (name) => deps.spaces.find(name),
        reading: deps.reading,
        includeBots: deps.includeBots,
        ...(order.url ? { baseUrl: order.url } : {}),
        ...(order.audience ? { audience: order.audience } : {}),
        ...(order.input ? { input: order.input.name === undefined ? {} : { name: order.input.name } } : {}),
        ...(sourceKey === undefined ? {} : { sourceKey }),
        maxDocumentBytes: deps.maxDocumentBytes,
        liveSource,
        domainOf: (teamId) => deps.settings.get(`slack:domain:${teamId}`),
        report: (progress) => io.progress({ kind: 'import', ...progress }),
        signal: io.signal,
      });
      await ingest.settle({ signal: io.signal, report: (left) => io.progress({ kind: 'settle', ...left }) });
      // What it brought may have been deleted since: what is live is held against its platform again, all of it.
      deps.settings.set(`imported ${report.space.id}`, String(deps.now()));
      await jobs.end(id, 'done', report);
      return report;
    } catch (error) {
      // What was stopped by us goes on at the next start; what the person stopped, or cannot be done, does not.
      if (!stopping.signal.aborted)
        await jobs.end(id, 'failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** One at a time: two imports at once would only wait for each other. Who waits for their turn may be told to stop. */
  function inTurn<T>(
    space: string | undefined,
    asked: AbortSignal,
    begin: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const cancel = new AbortController();
    const signal = AbortSignal.any([asked, stopping.signal, cancel.signal]);
    const waited = untilAborted(turn, signal);
    const mine = waited.then(() => begin(signal));
    turn = Promise.allSettled([turn, mine]);
    active.set(mine, { space, cancel });
    const over = () => active.delete(mine);
    mine.then(over, over);
    return mine;
  }

  return {
    async run(order, io) {
      const full = { ...order, path: resolve(order.path) };
      if (!existsSync(full.path)) {
        throw new BackscrollError('usage', `There is nothing at ${full.path}: check the path to import.`);
      }
      return inTurn(order.space, io.signal, async (signal) =>
        work(await jobs.begin('import', full), full, { ...io, signal }),
      );
    },
    async resume() {
      const { signal: never } = new AbortController();
      for (const job of await jobs.unfinished('import')) {
        const order = importOrderSchema.safeParse(JSON.parse(job.arguments));
        if (!order.success) {
          await jobs.end(job.id, 'failed', 'This import was begun by another version of Backscroll. Run it again.');
          continue;
        }
        log.info({ path: order.data.path }, 'an import that was cut off goes on');
        const io = { progress: () => {} };
        await inTurn(order.data.space, never, (signal) => work(job.id, order.data, { ...io, signal })).catch(
          (error) => {
            if (!stopping.signal.aborted) log.error({ err: error }, 'an import that was cut off cannot go on');
          },
        );
      }
      await sweepSpool(deps.home).catch((error) => log.warn({ err: error }, 'what was piped in is still in the home'));
      await inTurn(undefined, never, (signal) => ingest.settle({ signal })).catch((error) => {
        if (!stopping.signal.aborted) log.error({ err: error }, 'what waits to be indexed could not be');
      });
    },
    running: () => active.size,
    async stop(spaceId) {
      if (spaceId === undefined) {
        stopping.abort(
          new BackscrollError('cancelled', 'Backscroll is stopping; the import goes on at the next start.'),
        );
        await Promise.allSettled(active.keys());
        return;
      }
      const isInto = async (name: string | undefined) =>
        name !== undefined && (await deps.spaces.find(name))?.id === spaceId;
      for (const [mine, { space, cancel }] of [...active]) {
        if (!(await isInto(space))) continue;
        cancel.abort(new BackscrollError('cancelled', 'The space was removed, and the import into it stopped.'));
        await mine.catch(() => {});
      }
      for (const { id, arguments: args } of await jobs.unfinished('import')) {
        if (await isInto(importOrderSchema.safeParse(JSON.parse(args)).data?.space)) {
          await jobs.end(id, 'failed', 'The space was removed, and the import into it ended.');
        }
      }
    },
  };
}

/** Resolves with the promise, or rejects when the signal says so first. */
function untilAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) return aborted();
    signal.addEventListener('abort', aborted, { once: true });
    promise.finally(() => {
      signal.removeEventListener('abort', aborted);
      if (!signal.aborted) resolve();
    });
  });
}
