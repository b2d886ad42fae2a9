import type { Database } from './database.ts';

export interface FeedbackEvent {
  /** The platform's own event, so that a redelivery is the same vote. */
  readonly eventId: string;
  readonly answerId: string;
  /** Who voted: a keyed hash, never a name or an id. */
  readonly voter: string;
  readonly kind: 'up' | 'down' | 'withdrawn' | 'correction';
  readonly text?: string;
  readonly atMs: number;
}

/** Votes and corrections as they came. Nothing is overwritten; the present is the last event of each voter. */
export interface FeedbackEvents {
  /** Resolves when it is on disk: 'known' for an event seen before, 'no-answer' when there is no such answer. */
  record(event: FeedbackEvent): Promise<'recorded' | 'known' | 'no-answer'>;
  /** A voter's present vote and last correction on an answer. */
  present(answerId: string, voter: string): Promise<{ vote?: 'up' | 'down'; correction?: string }>;
  counts(): Promise<{ up: number; down: number; corrections: number }>;
}

export function createFeedbackEvents(db: Database): FeedbackEvents {
  return {
    record(event) {
      return db.durable(() => {
        if (!db.get('SELECT 1 FROM answers WHERE id = ?', event.answerId)) return 'no-answer';
        const { changes } = db.run(
          `INSERT INTO feedback_events (event_id, answer_id, voter, kind, text, at_ms) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
          event.eventId,
          event.answerId,
          event.voter,
          event.kind,
          event.text ?? null,
          event.atMs,
        );
        return changes > 0 ? 'recorded' : 'known';
      });
    },
    async present(answerId, voter) {
      const vote = db.get<{ kind: string }>(
        'SELECT kind FROM current_votes WHERE answer_id = ? AND voter = ?',
        answerId,
        voter,
      )?.kind;
      const correction = db.get<{ text: string | null }>(
        `SELECT text FROM feedback_events WHERE answer_id = ? AND voter = ? AND kind = 'correction' ORDER BY id DESC LIMIT 1`,
        answerId,
        voter,
      )?.text;
      return {
        ...(vote === 'up' || vote === 'down' ? { vote } : {}),
        ...(correction ? { correction } : {}),
      };
    },
    async counts() {
      const row = db.get<{ up: number; down: number; corrections: number }>(
        `SELECT (SELECT count(*) FROM current_votes WHERE kind = 'up') AS up,
                (SELECT count(*) FROM current_votes WHERE kind = 'down') AS down,
                (SELECT count(*) FROM feedback_events WHERE kind = 'correction') AS corrections`,
      );
      return row ?? { up: 0, down: 0, corrections: 0 };
    },
  };
}
