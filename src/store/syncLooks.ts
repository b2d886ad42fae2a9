import type { Database } from './database.ts';

export interface WantedLook {
  readonly sourceId: number;
  readonly messageId: string;
  readonly threadId?: string;
  /** When what made us look happened. */
  readonly happenedMs: number;
  readonly tries: number;
}

/**
 * Messages that have to be looked at, since an event said that something is new about them but not all of what it is:
 * reactions. A queue that outlives the process; many events on one message are one look.
 */
export interface SyncLooks {
  want(look: Omit<WantedLook, 'tries'>): void;
  /** Those of one source, the oldest first; each time counts as a try. */
  next(sourceId: number, limit: number): WantedLook[];
  done(sourceId: number, messageId: string): void;
  /** The sources in which something is to be looked at. */
  sources(): number[];
}

export function createSyncLooks(db: Database): SyncLooks {
  return {
    want({ sourceId, messageId, threadId, happenedMs }) {
      db.run(
        `INSERT INTO sync_looks (source_id, message_id, thread_id, happened_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET tries = 0, thread_id = ifnull(excluded.thread_id, thread_id)`,
        sourceId,
        messageId,
        threadId ?? null,
        happenedMs,
      );
    },
    next(sourceId, limit) {
      const rows = db.all<{ message_id: string; thread_id: string | null; happened_ms: number; tries: number }>(
        `UPDATE sync_looks SET tries = tries + 1 WHERE source_id = ?1 AND message_id IN (
           SELECT message_id FROM sync_looks WHERE source_id = ?1 ORDER BY happened_ms, message_id LIMIT ?2)
         RETURNING message_id, thread_id, happened_ms, tries`,
        sourceId,
        limit,
      );
      return rows
        .map(({ message_id, thread_id, happened_ms, tries }) => ({
          ...{ sourceId, messageId: message_id, happenedMs: happened_ms, tries },
          ...(thread_id === null ? {} : { threadId: thread_id }),
        }))
        .sort((a, b) => a.happenedMs - b.happenedMs);
    },
    done(sourceId, messageId) {
      db.run('DELETE FROM sync_looks WHERE source_id = ? AND message_id = ?', sourceId, messageId);
    },
    sources: () =>
      db.all<{ id: number }>('SELECT DISTINCT source_id AS id FROM sync_looks ORDER BY source_id').map(({ id }) => id),
  };
}
