import type { Database } from './database.ts';
import type { FeedbackFold } from './feedbackFold.ts';
import { oweLearning } from './learning.ts';

export type FeedbackKind = 'up' | 'down' | 'withdrawn' | 'correction' | 'reason' | 'comment' | 'confirmed' | 'resolved';

export interface FeedbackEvent {
  /** The platform's own event, so that a redelivery is the same vote. */
  readonly eventId: string;
  readonly answerId: string;
  /** Who voted: a keyed hash, never a name or an id. */
  readonly voter: string;
  readonly kind: FeedbackKind;
  /** Why: a word from a fixed list, so that it outlives the answer's own words. */
  readonly reason?: string;
  /** Somebody's words (a correction, a comment), which go when the answer's do. */
  readonly text?: string;
  /** Of `withdrawn`: what is taken back, if not the vote. */
  readonly withdraws?: 'correction' | 'comment' | 'confirmed' | 'resolved';
  readonly atMs: number;
}

/** What a text was found to hold when it was written: see textChecks.ts. */
export interface CheckOfText {
  readonly version: number;
  readonly tokens: number;
  readonly findings: string;
}

/** What a voter says of an answer, as it stands now. */
export interface PresentFeedback {
  readonly vote?: 'up' | 'down';
  readonly reason?: string;
  readonly correction?: string;
  readonly comment?: string;
  readonly confirmed?: true;
  readonly resolved?: true;
}

/** Votes and corrections as they came. Nothing is overwritten; the present is folded from them (feedbackFold.ts). */
export interface FeedbackEvents {
  /**
   * Resolves when it is on disk, the present and what is owed to the index with it: 'known' for an event seen before,
   * 'no-answer' when there is no such answer. It comes after all that this voter said of the answer before.
   */
  record(event: FeedbackEvent, check?: CheckOfText): Promise<'recorded' | 'known' | 'no-answer'>;
  /**
   * Stores events without folding them in, within the caller's transaction; in which order does not matter, `atMs` tells
   * which comes after which. @returns how many were new
   */
  append(events: Iterable<FeedbackEvent>): number;
  present(answerId: string, voter: string): Promise<PresentFeedback>;
  counts(): Promise<{ up: number; down: number; corrections: number }>;
}

const INSERT = (at: string) => `
  INSERT INTO feedback_events (event_id, answer_id, voter, kind, reason, text, withdraws, at_ms)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ${at}) ON CONFLICT DO NOTHING`;
const APPEND = INSERT('?8');
/** A clock may be set back; what a person does next comes next all the same. */
const RECORD = INSERT('max(?8, ifnull((SELECT last_ms FROM feedback_present WHERE answer_id = ?2 AND voter = ?3), 0))');

export function createFeedbackEvents(db: Database, { fold }: Pick<FeedbackFold, 'fold'>): FeedbackEvents {
  function insert(sql: string, { eventId, answerId, voter, kind, reason, text, withdraws, atMs }: FeedbackEvent) {
    const given = [reason ?? null, text ?? null, withdraws ?? null] as const;
    return db.run(sql, eventId, answerId, voter, kind, ...given, atMs);
  }
  return {
    record(event, check) {
      return db.durable(() => {
        const { answerId, kind } = event;
        if (!db.get('SELECT 1 FROM answers WHERE id = ?', answerId)) return 'no-answer';
        const { changes, lastId } = insert(RECORD, event);
        if (changes === 0) return 'known';
        if (check) {
          const { version, tokens, findings } = check;
          db.run(
            'INSERT OR REPLACE INTO text_checks VALUES (?, ?, ?, ?, ?)',
            kind,
            String(lastId),
            version,
            tokens,
            findings,
          );
        }
        fold();
        oweLearning(db, answerId);
        return 'recorded';
      });
    },
    append(events) {
      let added = 0;
      for (const event of events) added += insert(APPEND, event).changes;
      return added;
    },
    async present(answerId, voter) {
      const row = db.get<PresentRow>(
        `SELECT vote, p.reason, c.text AS correction, m.text AS comment, confirmed, resolved FROM feedback_present p
         LEFT JOIN feedback_events c ON c.id = p.correction_id LEFT JOIN feedback_events m ON m.id = p.comment_id
         WHERE p.answer_id = ? AND p.voter = ?`,
        answerId,
        voter,
      );
      if (!row) return {};
      return {
        ...(row.vote === 0 ? {} : { vote: row.vote > 0 ? 'up' : 'down' }),
        ...(row.reason ? { reason: row.reason } : {}),
        ...(row.correction ? { correction: row.correction } : {}),
        ...(row.comment ? { comment: row.comment } : {}),
        ...(row.confirmed ? { confirmed: true } : {}),
        ...(row.resolved ? { resolved: true } : {}),
      };
    },
    async counts() {
      const row = db.get<{ up: number; down: number; corrections: number }>(
        `SELECT ifnull(sum(vote = 1), 0) AS up, ifnull(sum(vote = -1), 0) AS down, count(correction_id) AS corrections
         FROM feedback_present`,
      );
      return row ?? { up: 0, down: 0, corrections: 0 };
    },
  };
}

interface PresentRow {
  readonly vote: number;
  readonly reason: string | null;
  readonly correction: string | null;
  readonly comment: string | null;
  readonly confirmed: number;
  readonly resolved: number;
}
