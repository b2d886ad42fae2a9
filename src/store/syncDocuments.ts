import type { Database } from './database.ts';

export interface FailedDocument {
  readonly syncId: string;
  readonly key: string;
  /** What is wrong with it, in the operator's words. */
  readonly sentence: string;
  readonly failedMs: number;
}

/** What sources note on their documents, and which of them cannot be read. */
export interface SyncDocuments {
  memory(syncId: string, key: string): string | undefined;
  /** @param memory undefined leaves what is noted, null forgets it; without a `sentence` it is well */
  note(syncId: string, key: string, memory?: string | null, sentence?: string): void;
  forget(syncId: string, keys: readonly string[]): void;
  /** Forgets all but these, and but what the source notes on itself: keys that begin with `(`. */
  keepOnly(syncId: string, keys: readonly string[]): void;
  failed(limit: number, syncId?: string): { readonly count: number; readonly latest: readonly FailedDocument[] };
}

/** @param now milliseconds since 1970 */
export function createSyncDocuments(db: Database, now: () => number): SyncDocuments {
  return {
    memory: (syncId, key) =>
      db.get<{ memory: string | null }>('SELECT memory FROM sync_documents WHERE sync_id = ? AND key = ?', syncId, key)
        ?.memory ?? undefined,
    note(syncId, key, memory, sentence) {
      const keeps = memory === undefined;
      if (!memory && !sentence) {
        // Nothing is to be said of it: the row goes, unless it holds what is to be kept.
        if (!keeps) db.run('DELETE FROM sync_documents WHERE sync_id = ? AND key = ?', syncId, key);
        else {
          db.run(
            `UPDATE sync_documents SET sentence = NULL, failed_ms = NULL
             WHERE sync_id = ? AND key = ? AND failed_ms IS NOT NULL`,
            syncId,
            key,
          );
        }
        return;
      }
      db.run(
        `INSERT INTO sync_documents (sync_id, key, memory, sentence, failed_ms) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET memory = CASE ?6 WHEN 1 THEN memory ELSE ?3 END, sentence = ?4, failed_ms = ?5
         WHERE (memory, sentence, failed_ms) IS NOT (CASE ?6 WHEN 1 THEN memory ELSE ?3 END, ?4, ?5)`,
        syncId,
        key,
        memory ?? null,
        sentence ?? null,
        sentence === undefined ? null : now(),
        Number(keeps),
      );
    },
    forget(syncId, keys) {
      db.run(
        'DELETE FROM sync_documents WHERE sync_id = ? AND key IN (SELECT value FROM json_each(?))',
        syncId,
        JSON.stringify(keys),
      );
    },
    keepOnly(syncId, keys) {
      db.run(
        `DELETE FROM sync_documents WHERE sync_id = ?1 AND key NOT LIKE '(%'
         AND key NOT IN (SELECT value FROM json_each(?2))`,
        syncId,
        JSON.stringify(keys),
      );
    },
    failed(limit, syncId) {
      const where = 'WHERE failed_ms IS NOT NULL AND (?1 IS NULL OR sync_id = ?1)';
      const { count } = db.get<{ count: number }>(
        `SELECT count(*) AS count FROM sync_documents ${where}`,
        syncId ?? null,
      ) as { count: number };
      const latest = db.all<FailedDocument>(
        `SELECT sync_id AS syncId, key, sentence, failed_ms AS failedMs FROM sync_documents ${where}
         ORDER BY failed_ms DESC, key LIMIT ?2`,
        syncId ?? null,
        limit,
      );
      return { count, latest };
    },
  };
}
