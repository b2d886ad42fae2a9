import type { Database } from './database.ts';

/** The ids of what is stored of a channel, to be held against what the platform shows of it. */
export interface ChannelMessages {
  /** Of the channel itself (roots of threads too, replies not), said after `fromUs` and up to `toUs`. */
  between(sourceId: number, fromUs: number, toUs: number): string[];
  /** Replies in a thread, after `afterId` (exclusive) and up to `toId`, as ids order them in time. */
  repliesBetween(sourceId: number, threadId: string, fromUs: number, toUs: number): string[];
  /** The threads of which replies are stored, by their roots' ids, after one id and up to another (in their order in time). */
  threadsBetween(sourceId: number, afterId: string, toId: string): string[];
  /** How many there are in the channel itself. */
  count(sourceId: number): number;
  /** Whether people confirmed or contradicted a message by reactions, as far as is known. */
  hasReactions(sourceId: number, id: string): boolean;
}

export function createChannelMessages(db: Database): ChannelMessages {
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  return {
    between: (sourceId, fromUs, toUs) =>
      ids(
        db.all(
          `SELECT id FROM messages WHERE source_id = ? AND at_us > ? AND at_us <= ?
           AND (thread_id IS NULL OR thread_id = id)`,
          sourceId,
          fromUs,
          toUs,
        ),
      ),
    repliesBetween: (sourceId, threadId, fromUs, toUs) =>
      ids(
        db.all(
          'SELECT id FROM messages WHERE source_id = ?1 AND thread_id = ?2 AND id <> ?2 AND at_us > ?3 AND at_us <= ?4',
          sourceId,
          threadId,
          fromUs,
          toUs,
        ),
      ),
    threadsBetween: (sourceId, afterId, toId) =>
      ids(
        db.all(
          // Ids of platforms are numbers, written out: the longer is the later.
          `SELECT DISTINCT thread_id AS id FROM messages INDEXED BY messages_by_thread
           WHERE source_id = ?1 AND thread_id IS NOT NULL AND thread_id <> id
           AND (length(thread_id), thread_id) > (length(?2), ?2) AND (length(thread_id), thread_id) <= (length(?3), ?3)`,
          sourceId,
          afterId,
          toId,
        ),
      ),
    count: (sourceId) =>
      (
        db.get<{ n: number }>(
          'SELECT count(*) AS n FROM messages WHERE source_id = ? AND (thread_id IS NULL OR thread_id = id)',
          sourceId,
        ) as { n: number }
      ).n,
    hasReactions: (sourceId, id) =>
      db.get(
        'SELECT 1 AS yes FROM messages WHERE source_id = ? AND id = ? AND confirmations + contradictions > 0',
        sourceId,
        id,
      ) !== undefined,
  };
}
