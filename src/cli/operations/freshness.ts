import type { LeftOutEntry } from '../../store/leftOut.ts';
import type { Alert } from '../../sync/alerts.ts';
import type { RunningApp } from './Operation.ts';

const FAILURES_SHOWN = 10;

/** How the sources do that are kept in step. */
export interface SyncStatus {
  readonly freshness: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly running: boolean;
    /** ISO 8601. */
    readonly lastSuccessAt?: string;
    /** Since then. */
    readonly lagSeconds?: number;
    readonly nextAt?: string;
    /** Runs that failed in a row, and what stopped the last of them. */
    readonly failures: number;
    readonly error?: string;
    /** How far a run is; estimated where the platform does not say. */
    readonly progress?: {
      readonly done: number;
      readonly total?: number;
      readonly unit: string;
      readonly toGoSeconds?: number;
    };
  }[];
  readonly alerts: readonly Alert[];
  /** Removed by the operator, and not to come back. */
  readonly leftOut: readonly LeftOutEntry[];
  /** From an event on a platform to the index that knows it. */
  readonly live?: { readonly events: number; readonly p50Ms: number; readonly p95Ms: number };
  /** Single documents that could not be read. */
  readonly failures: {
    readonly count: number;
    readonly latest: readonly { readonly key: string; readonly sentence: string }[];
  };
}

export function syncStatus({ keeping, store, now }: RunningApp): SyncStatus {
  const nowMs = now();
  const at = (ms: number) => new Date(ms).toISOString();
  const live = keeping.sync.now.latencies.p95();
  const { count, latest } = store.syncDocuments.failed(FAILURES_SHOWN);
  return {
    freshness: store.syncStates.list().map(({ id, name, kind, successMs, nextMs, failures, error, progress }) => ({
      ...{ id, name, kind, failures, running: keeping.sync.now.isRunning(id) },
      ...(successMs === undefined
        ? {}
        : { lastSuccessAt: at(successMs), lagSeconds: Math.max(0, Math.round((nowMs - successMs) / 1000)) }),
      ...(nextMs === undefined ? {} : { nextAt: at(nextMs) }),
      ...(error === undefined ? {} : { error }),
      ...(progress === undefined ? {} : { progress: shown(progress, nowMs) }),
    })),
    alerts: keeping.sync.now.alerts(),
    leftOut: keeping.sync.choice.leftOut(),
    ...(live ? { live } : {}),
    failures: { count, latest: latest.map(({ key, sentence }) => ({ key, sentence })) },
  };
}

function shown(
  { untilMs, ...progress }: NonNullable<ReturnType<RunningApp['store']['syncStates']['list']>[number]['progress']>,
  nowMs: number,
) {
  return {
    ...progress,
    ...(untilMs === undefined ? {} : { toGoSeconds: Math.max(0, Math.round((untilMs - nowMs) / 1000)) }),
  };
}
