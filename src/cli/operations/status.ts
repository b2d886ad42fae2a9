import { join } from 'node:path';
import { z } from 'zod';
import type { DiscordState } from '../../bots/discord/createDiscord.ts';
import { readServerRecord } from '../../knowledge/chroma/serverRecord.ts';
import { type SyncStatus, syncStatus } from './freshness.ts';
import type { Operation, RunningApp } from './Operation.ts';
import { residentBytes } from './processes.ts';

export interface StatusResult {
  readonly home: string;
  readonly owner: { readonly pid: number; readonly command: string; readonly upSeconds: number };
  /** From the start of the process to the first question that could be asked; undefined before that. */
  readonly startToReadyMs?: number;
  readonly memory: { readonly backscrollBytes: number; readonly chromaBytes: number; readonly totalBytes: number };
  readonly spaces: readonly {
    readonly id: string;
    readonly name: string;
    readonly sources: number;
    readonly documents: number;
    readonly passages: number;
    /** When something of it was taken in last, ISO 8601. */
    readonly freshAt?: string;
  }[];
  readonly sources: readonly {
    readonly space: string;
    readonly name: string;
    readonly key: string;
    readonly kind: string;
    readonly open: boolean;
    readonly documents: number;
    readonly passages: number;
  }[];
  readonly vectors: {
    readonly server: ReturnType<RunningApp['vectors']['state']>;
    readonly embedder: string;
    readonly generations: readonly {
      readonly embedder: string;
      readonly state: string;
      readonly placed: number;
      readonly wanted: number;
      readonly unwanted: number;
    }[];
  };
  readonly model: string | null;
  /** How Discord does, in the process that runs the bot. */
  readonly discord?: DiscordState;
  readonly imports: { readonly running: number; readonly recent: readonly ImportLine[] };
  readonly sync: SyncStatus;
  readonly feedback: { readonly up: number; readonly down: number; readonly corrections: number };
  /** Of `owed`, words of who was forgotten are still to go; `leftovers` are what killed exports left. */
  readonly datasets: {
    readonly owed: readonly { readonly id: string; readonly folder: string }[];
    readonly leftovers: readonly string[];
  };
}

interface ImportLine {
  readonly path: string;
  readonly space: string;
  readonly state: string;
  readonly startedAt: string;
  readonly sentence?: string;
}

/** What is known, how fresh it is, and how the process does. */
export const statusOperation: Operation<Record<string, never>, StatusResult> = {
  name: 'status',
  arguments: z.object({}),
  async run(app) {
    const { store } = app;
    const sources = await store.sources.list();
    const spaces = (await store.spaces.list()).map(({ id, name }) => {
      const own = sources.filter(({ spaceId }) => spaceId === id);
      const sum = (of: (source: (typeof own)[number]) => number) =>
        own.reduce((total, source) => total + of(source), 0);
      const freshMs = Math.max(...own.map(({ changedMs }) => changedMs));
      return {
        id,
        name,
        sources: own.length,
        documents: sum(({ documents }) => documents),
        passages: sum(({ passages }) => passages),
        ...(own.length > 0 ? { freshAt: new Date(freshMs).toISOString() } : {}),
      };
    });
    const generations = [];
    for (const { id, embedder, state } of await store.generations.list()) {
      generations.push({ embedder, state, ...(await store.vectorAudit.counts(id)) });
    }
    const chromaPid = app.vectors.state().kind === 'own' ? readServerRecord(join(app.home, 'chroma'))?.pid : undefined;
    const backscrollBytes = await residentBytes([process.pid]);
    const chromaBytes = await residentBytes(chromaPid === undefined ? [] : [chromaPid]);
    const readyMs = app.readyMs();
    const discord = app.discord?.();
    const { datasets: owed, leftovers } = app.preferences.forget.owed();
    return {
      home: app.home,
      owner: { pid: process.pid, command: app.command, upSeconds: Math.round((app.now() - app.startedMs) / 1000) },
      ...(readyMs === undefined ? {} : { startToReadyMs: readyMs }),
      memory: { backscrollBytes, chromaBytes, totalBytes: backscrollBytes + chromaBytes },
      spaces,
      sources: sources.map(({ spaceId, name, key, kind, open, documents, passages }) => ({
        ...{ space: spaceId, name, key, kind, open, documents, passages },
      })),
      vectors: { server: app.vectors.state(), embedder: app.embedder.id, generations },
      model: app.model?.name ?? null,
      ...(discord ? { discord } : {}),
      imports: { running: app.imports.running(), recent: await importLines(app) },
      sync: syncStatus(app),
      feedback: await store.feedbackEvents.counts(),
      datasets: { owed, leftovers },
    };
  },
};

async function importLines(app: RunningApp): Promise<ImportLine[]> {
  const jobs = await app.store.jobs.recent(10);
  return jobs.map(({ arguments: args, state, startedMs, outcome }) => {
    const { path, space } = JSON.parse(args) as { path: string; space: string };
    const said: unknown = outcome === undefined ? undefined : JSON.parse(outcome);
    return {
      ...{ path, space, state },
      startedAt: new Date(startedMs).toISOString(),
      ...(typeof said === 'string' ? { sentence: said } : {}),
    };
  });
}
