import type { Database } from './database.ts';

/** A thread as its root tells of it. */
export interface ThreadRecord {
  readonly id: string;
  readonly replies: number;
  /** The id of its last reply. */
  readonly latest?: string;
}

export interface WantedThread extends ThreadRecord {
  /** The last of its replies that is read already, where a run was cut off. */
  readonly readTo?: string;
}

/** Which threads' replies are still to be read: a queue that outlives the process. */
export interface SyncThreads {
  /**
   * What roots tell now. One whose replies are not as they were when they were read is wanted; `all`: whatever they are,
   * since an edited reply does not show at its root.
   */
  seen(sourceId: number, threads: readonly ThreadRecord[], all: boolean): void;
  /** A reply was heard of (+1) or is gone (-1): the root will tell so too. */
  counted(sourceId: number, id: string, by: 1 | -1, latest?: string): void;
  /** The newest first. */
  wanted(sourceId: number, limit: number): WantedThread[];
  /** How many of one source, or of all. */
  left(sourceId?: number): number;
  /** So far its replies are read; undefined: to the end. */
  read(sourceId: number, id: string, readTo?: string): void;
}

export function createSyncThreads(db: Database): SyncThreads {
  return {
    seen(sourceId, threads, all) {
      db.transaction(() => {
        for (const { id, replies, latest = null } of threads) {
          db.run(
            `INSERT INTO sync_threads (source_id, id, replies, latest, wanted) VALUES (?1, ?2, ?3, ?4, 1)
             ON CONFLICT DO UPDATE SET replies = ?3, latest = ?4, wanted = 1, read_to = NULL
             WHERE (?5 = 1 AND wanted = 0) OR (replies, latest) IS NOT (?3, ?4)`,
            sourceId,
            id,
            replies,
            latest,
            Number(all),
          );
        }
      });
    },
    counted(sourceId, id, by, latest) {
      db.run(
        `UPDATE sync_threads SET replies = max(0, replies + ?3), latest = CASE WHEN ?4 > latest THEN ?4 ELSE latest END
         WHERE source_id = ?1 AND id = ?2`,
        sourceId,
        id,
        by,
        latest ?? null,
      );
    },
    wanted(sourceId, limit) {
      return db
        .all<{ id: string; replies: number; latest: string | null; read_to: string | null }>(
          'SELECT id, replies, latest, read_to FROM sync_threads WHERE source_id = ? AND wanted = 1 ORDER BY id DESC LIMIT ?',
          sourceId,
          limit,
        )
        .map(({ id, replies, latest, read_to }) => ({
          ...{ id, replies },
          ...(latest === null ? {} : { latest }),
          ...(read_to === null ? {} : { readTo: read_to }),
        }));
    },
    left: (sourceId) =>
      (
        db.get<{ n: number }>(
          'SELECT count(*) AS n FROM sync_threads WHERE wanted = 1 AND (?1 IS NULL OR source_id = ?1)',
          sourceId ?? null,
        ) as { n: number }
      ).n,
    read(sourceId, id, readTo) {
      db.run(
        'UPDATE sync_threads SET read_to = ?1, wanted = ?2 WHERE source_id = ?3 AND id = ?4',
        readTo ?? null,
        Number(readTo !== undefined),
        sourceId,
        id,
      );
    },
  };
}
