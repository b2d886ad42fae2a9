import { z } from 'zod';
import type { SyncReport } from '../../sync/createSync.ts';
import type { Operation } from './Operation.ts';

export type SyncEvent =
  /** What all sources together have done, of how much as far as can be told, and how long it will take. */
  {
    readonly kind: 'sync';
    readonly done: number;
    readonly total: number;
    readonly toGoMs?: number;
    readonly unit: string;
  };

export type SyncResult = SyncReport;

/** One sync of the sources that are named (by id, name or kind), or of all of them. */
export const syncOperation: Operation<{ sources: string[] }, SyncResult> = {
  name: 'sync',
  arguments: z.object({ sources: z.array(z.string().min(1)).max(1000) }),
  run(app, { sources }, { signal, progress }) {
    const reached = new Map<string, { done: number; total?: number; toGoMs?: number; unit: string }>();
    return app.keeping.sync.run(sources, {
      signal,
      each({ about }, its) {
        reached.set(about.id, its);
        const all = [...reached.values()];
        const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
        // They share one budget: what each would take alone, they take one after the other.
        const toGoMs = all.some((one) => one.toGoMs !== undefined) ? { toGoMs: sum((one) => one.toGoMs ?? 0) } : {};
        const event: SyncEvent = {
          ...{ kind: 'sync', done: sum(({ done }) => done), total: sum(({ done, total }) => total ?? done), ...toGoMs },
          unit: new Set(all.map(({ unit }) => unit)).size === 1 ? its.unit : 'steps',
        };
        progress(event);
      },
    });
  },
};
