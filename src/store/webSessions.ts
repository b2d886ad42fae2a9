import type { Database } from './database.ts';

/** Browsers that opened a one-time link. Only a hash of what they hold is kept. */
export interface WebSessions {
  begin(tokenHash: Uint8Array, personId: string): Promise<void>;
  /** The person of a session, or undefined; using it keeps it alive. */
  find(tokenHash: Uint8Array, notSeenSinceMs: number): Promise<string | undefined>;
}

/** @param now milliseconds since 1970 */
export function createWebSessions(db: Database, now: () => number): WebSessions {
  return {
    async begin(tokenHash, personId) {
      db.run('INSERT INTO web_sessions VALUES (?, ?, ?, ?)', tokenHash, personId, now(), now());
    },
    async find(tokenHash, notSeenSinceMs) {
      db.run('DELETE FROM web_sessions WHERE seen_ms < ?', notSeenSinceMs);
      const row = db.get<{ person_id: string; seen_ms: number }>(
        'SELECT person_id, seen_ms FROM web_sessions WHERE token_hash = ?',
        tokenHash,
      );
      if (row && now() - row.seen_ms > 60_000) {
        db.run('UPDATE web_sessions SET seen_ms = ? WHERE token_hash = ?', now(), tokenHash);
      }
      return row?.person_id;
    },
  };
}
