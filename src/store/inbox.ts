import type { Database } from './database.ts';

export interface InboxItem {
  readonly id: string;
  readonly platform: string;
  /** JSON, as it was put in. */
  readonly payload: string;
  readonly tries: number;
}

/**
 * Events that came from outside, on disk before they are acknowledged, known again when they are delivered twice.
 */
export interface Inbox {
  /** False when the event is known already. Resolves when it is on disk. */
  accept(item: { id: string; platform: string; payload: string }): Promise<boolean>;
  /** What was accepted of these platforms and is not finished, oldest first; each look counts as a try. */
  unfinished(platforms: readonly string[]): Promise<InboxItem[]>;
  /** Finished: its payload is emptied, its id is remembered. */
  finish(id: string, state: 'done' | 'failed'): Promise<void>;
}

/** @param now milliseconds since 1970 */
export function createInbox(db: Database, now: () => number): Inbox {
  return {
    accept({ id, platform, payload }) {
      return db.durable(() => {
        const { changes } = db.run(
          `INSERT INTO inbox (id, platform, payload, state, received_ms, tries) VALUES (?, ?, ?, 'waiting', ?, 0) ON CONFLICT DO NOTHING`,
          id,
          platform,
          payload,
          now(),
        );
        return changes > 0;
      });
    },
    async unfinished(platforms) {
      const rows = db.all<InboxItem & { received_ms: number }>(
        `UPDATE inbox SET tries = tries + 1 WHERE state = 'waiting' AND platform IN (SELECT value FROM json_each(?))
         RETURNING id, platform, payload, tries, received_ms`,
        JSON.stringify(platforms),
      );
      return rows.sort((a, b) => a.received_ms - b.received_ms);
    },
    async finish(id, state) {
      db.run(`UPDATE inbox SET state = ?, payload = '', done_ms = ? WHERE id = ?`, state, now(), id);
    },
  };
}
