import type { Database } from './database.ts';

/**
 * What is being posted. A post is begun here before the platform hears of it and marked posted after the platform
 * confirmed; one that is only begun after a crash is looked for on the platform before anything is posted again.
 */
export interface Outbox {
  begin(questionId: string, platform: string): Promise<void>;
  posted(questionId: string, postRef: string): Promise<void>;
  find(questionId: string): Promise<{ state: 'begun' | 'posted'; postRef?: string } | undefined>;
}

/** @param now milliseconds since 1970 */
export function createOutbox(db: Database, now: () => number): Outbox {
  return {
    async begin(questionId, platform) {
      db.run(
        `INSERT INTO outbox (question_id, platform, state, changed_ms) VALUES (?, ?, 'begun', ?) ON CONFLICT DO NOTHING`,
        questionId,
        platform,
        now(),
      );
    },
    async posted(questionId, postRef) {
      await db.durable(() =>
        db.run(
          `UPDATE outbox SET state = 'posted', post_ref = ?, changed_ms = ? WHERE question_id = ?`,
          postRef,
          now(),
          questionId,
        ),
      );
    },
    async find(questionId) {
      const row = db.get<{ state: 'begun' | 'posted'; post_ref: string | null }>(
        'SELECT state, post_ref FROM outbox WHERE question_id = ?',
        questionId,
      );
      return row && { state: row.state, ...(row.post_ref === null ? {} : { postRef: row.post_ref }) };
    },
  };
}
