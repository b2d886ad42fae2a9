import type { Database } from './database.ts';

/** How one source of sync does; its id is the source's own (`slack:T061A2UFL/C024BE91L`). */
export interface SyncState {
  readonly id: string;
  readonly kind: string;
  readonly spaceId: string;
  readonly name: string;
  readonly cursor?: string;
  /** A last success that is older than this is told. */
  readonly staleAfterMs: number;
  /** Since when it is known. */
  readonly knownMs: number;
  readonly startedMs?: number;
  readonly endedMs?: number;
  readonly successMs?: number;
  readonly nextMs?: number;
  /** In a row. */
  readonly failures: number;
  /** What stopped the last run, in the operator's words. */
  readonly error?: string;
  /** JSON: what is not taken away yet, because it is more than a share of the source. */
  readonly holding?: string;
  readonly progress?: {
    readonly done: number;
    readonly total?: number;
    readonly unit: string;
    readonly untilMs?: number;
  };
}

export interface SyncProgressRecord {
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
  readonly untilMs?: number;
}

export interface SyncStates {
  /** Makes a source known, or what is new about it. */
  declare(source: Pick<SyncState, 'id' | 'kind' | 'spaceId' | 'name' | 'staleAfterMs'>, nextMs?: number): void;
  find(id: string): SyncState | undefined;
  list(): SyncState[];
  /** Its runs: begun, how far it is, where the next one begins, ended (with what stopped it, or without). */
  readonly runs: {
    begin(id: string): void;
    progress(id: string, progress: SyncProgressRecord): void;
    cursor(id: string, cursor: string): void;
    end(id: string, error?: string): void;
    hold(id: string, holding: string | undefined): void;
    /** It is there no more, or not to be synced: its memory goes, what it brought stays. */
    forget(id: string): void;
  };
}

type Row = { [Key in keyof Omit<SyncState, 'progress'>]-?: SyncState[Key] | null } & {
  done: number | null;
  total: number | null;
  unit: string | null;
  until_ms: number | null;
};

const COLUMNS = `id, kind, space_id AS spaceId, name, cursor, stale_after_ms AS staleAfterMs, known_ms AS knownMs,
  started_ms AS startedMs, ended_ms AS endedMs, success_ms AS successMs, next_ms AS nextMs, failures, error, holding,
  done, total, unit, until_ms`;

/** @param now milliseconds since 1970 */
export function createSyncStates(db: Database, now: () => number): SyncStates {
  return {
    declare({ id, kind, spaceId, name, staleAfterMs }, nextMs) {
      db.run(
        `INSERT INTO sync_sources (id, kind, space_id, name, stale_after_ms, known_ms, next_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET name = ?4, stale_after_ms = ?5, next_ms = ?7
         WHERE (name, stale_after_ms, next_ms) IS NOT (?4, ?5, ?7)`,
        id,
        kind,
        spaceId,
        name,
        staleAfterMs,
        now(),
        nextMs ?? null,
      );
    },
    find(id) {
      const row = db.get<Row>(`SELECT ${COLUMNS} FROM sync_sources WHERE id = ?`, id);
      return row && state(row);
    },
    list: () => db.all<Row>(`SELECT ${COLUMNS} FROM sync_sources ORDER BY kind, name, id`).map(state),
    runs: {
      begin(id) {
        db.run('UPDATE sync_sources SET started_ms = ? WHERE id = ?', now(), id);
      },
      progress(id, { done, total, unit, untilMs }) {
        db.run(
          'UPDATE sync_sources SET done = ?, total = ?, unit = ?, until_ms = ? WHERE id = ?',
          done,
          total ?? null,
          unit,
          untilMs ?? null,
          id,
        );
      },
      cursor(id, cursor) {
        db.run('UPDATE sync_sources SET cursor = ?1 WHERE id = ?2 AND cursor IS NOT ?1', cursor, id);
      },
      end(id, error) {
        if (error === undefined) {
          db.run(
            `UPDATE sync_sources SET ended_ms = ?1, success_ms = ?1, failures = 0, error = NULL, done = NULL,
               total = NULL, unit = NULL, until_ms = NULL WHERE id = ?2`,
            now(),
            id,
          );
        } else {
          db.run(
            'UPDATE sync_sources SET ended_ms = ?, failures = failures + 1, error = ? WHERE id = ?',
            now(),
            error,
            id,
          );
        }
      },
      hold(id, holding) {
        db.run('UPDATE sync_sources SET holding = ?1 WHERE id = ?2 AND holding IS NOT ?1', holding ?? null, id);
      },
      forget(id) {
        db.run('DELETE FROM sync_sources WHERE id = ?', id);
      },
    },
  };
}

function state({ done, total, unit, until_ms, ...row }: Row): SyncState {
  const told = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as SyncState;
  if (done === null || unit === null) return told;
  const progress = {
    ...{ done, unit },
    ...(total === null ? {} : { total }),
    ...(until_ms === null ? {} : { untilMs: until_ms }),
  };
  return { ...told, progress };
}
