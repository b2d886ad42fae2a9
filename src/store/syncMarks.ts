import type { Database } from './database.ts';

const KEPT_MS = 7 * 86_400_000;

/**
 * What was heard last of which message, for as long as something older may still arrive: an event that is delivered
 * again after a later one, a page of history that was asked for before a deletion.
 */
export interface SyncMarks {
  /**
   * Notes an event on a message.
   * @param eventUs when it happened, by the platform's clock
   * @returns false when something later was heard of it already
   */
  hear(sourceId: number, messageId: string, eventUs: number): boolean;
  /** Now, as a number that only grows, whatever clocks do. */
  moment(): number;
  /** Which of these were heard of since a moment: a page that was asked for then may be older. */
  heardSince(sourceId: number, messageIds: readonly string[], moment: number): Set<string>;
  /** Lets go of what nothing older than can arrive any more. */
  tidy(): void;
}

/** @param now milliseconds since 1970 */
export function createSyncMarks(db: Database, now: () => number): SyncMarks {
  let last =
    (db.get<{ last: number | null }>('SELECT max(moment) AS last FROM sync_marks') as { last: number | null }).last ??
    0;
  return {
    moment: () => last,
    hear(sourceId, messageId, eventUs) {
      const { changes } = db.run(
        `INSERT INTO sync_marks (source_id, message_id, event_us, moment, heard_ms) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET event_us = ?3, moment = ?4, heard_ms = ?5 WHERE event_us <= ?3`,
        sourceId,
        messageId,
        eventUs,
        ++last,
        now(),
      );
      return changes > 0;
    },
    heardSince(sourceId, messageIds, moment) {
      if (moment === last) return new Set();
      const rows = db.all<{ id: string }>(
        `SELECT message_id AS id FROM sync_marks
         WHERE source_id = ? AND moment > ? AND message_id IN (SELECT value FROM json_each(?))`,
        sourceId,
        moment,
        JSON.stringify(messageIds),
      );
      return new Set(rows.map(({ id }) => id));
    },
    tidy() {
      db.run('DELETE FROM sync_marks WHERE heard_ms < ?', now() - KEPT_MS);
    },
  };
}
