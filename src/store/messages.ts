import { sameBytes, shortHash } from '../base/hash.ts';
import type { Database } from './database.ts';
import { markDirty } from './dirty.ts';
import { erasePassagesOf, oweScrub } from './erase.ts';
import { MESSAGE_COLUMNS, type MessageRecord } from './messageRow.ts';
import type { Revisions } from './revisions.ts';

export interface MessageWindow {
  readonly windowMessages: number;
  readonly windowUs: number;
}

/**
 * What was said. A message that is new or changed is *unlinked* until it is known what it answers (see links.ts); a
 * conversation whose messages changed is *dirty* until it was built again.
 */
export interface Messages {
  /** Stores messages; whatever their coming could regroup is unlinked with them. Unchanged ones cost no write. */
  put(
    sourceId: number,
    messages: readonly MessageRecord[],
    window: MessageWindow,
  ): Promise<{ added: number; changed: number; unchanged: number }>;
  /**
   * Takes messages away, with the passages that quote them and the words of the answers that rested on those.
   * Ids that are not there are no error.
   */
  remove(
    sourceId: number,
    ids: readonly string[],
    window: MessageWindow,
  ): Promise<{ messages: number; answersErased: number }>;
}

// A message in a thread takes no part in the guessing; one that says itself what it answers may be answered by guess.
export const LOOSE = 'thread_id IS NULL';

export function createMessages(db: Database, revisions: Revisions): Messages {
  /** What comes after a loose message within its window may have answered it, or may now. */
  function unlinkAfter(sourceId: number, atUs: number, window: MessageWindow) {
    db.run(
      `UPDATE messages SET linked = 0 WHERE source_id = ?1 AND linked = 1 AND id IN (
         SELECT id FROM messages WHERE source_id = ?1 AND at_us >= ?2 AND at_us <= ?3 AND ${LOOSE}
         ORDER BY at_us, id LIMIT ?4)`,
      sourceId,
      atUs,
      atUs + window.windowUs,
      window.windowMessages + 1,
    );
  }

  /**
   * The same for many at once. What follows one within its window follows the next of them within its own too; so it is
   * done for those alone after which something else was said before the next.
   */
  function unlinkAfterEach(sourceId: number, times: readonly number[], window: MessageWindow) {
    const between = `SELECT 1 FROM messages WHERE source_id = ? AND at_us >= ? AND at_us <= ? AND linked = 1 AND ${LOOSE} LIMIT 1`;
    const inOrder = [...times].sort((a, b) => a - b);
    inOrder.forEach((atUs, i) => {
      const next = inOrder[i + 1];
      if (next === undefined || db.get(between, sourceId, atUs, next)) unlinkAfter(sourceId, atUs, window);
    });
  }

  /** The last reply is gone: what was its root only because of it is a message like any other again. */
  function unmarkThreadRoot(sourceId: number, id: string, window: MessageWindow) {
    const root = db.get<{ at_us: number }>(
      `UPDATE messages SET thread_id = NULL, linked = 0
       WHERE source_id = ?1 AND id = ?2 AND thread_id = ?2 AND thread_told = 0 AND NOT EXISTS (
         SELECT 1 FROM messages WHERE source_id = ?1 AND thread_id = ?2 AND id <> ?2)
       RETURNING at_us`,
      sourceId,
      id,
    );
    if (root) unlinkAfter(sourceId, root.at_us, window);
  }

  // The planner would rather walk the whole source than trust a partial index it has no statistics of.
  function unlinkRepliesTo(sourceId: number, id: string) {
    db.run(
      `UPDATE messages SET linked = 0 WHERE source_id = ?1 AND linked = 1 AND id IN (
         SELECT id FROM messages INDEXED BY messages_by_reply WHERE source_id = ?1 AND reply_to = ?2)`,
      sourceId,
      id,
    );
  }

  /** What is known of messages that come, asked once for all of them: those already stored, and what hangs on them. */
  function look(sourceId: number, messages: readonly MessageRecord[]) {
    const ids = JSON.stringify(messages.map(({ id }) => id));
    const known = db.all<{ id: string; hash: Uint8Array; thread_id: string | null; at_us: number }>(
      'SELECT id, hash, thread_id, at_us FROM messages WHERE source_id = ? AND id IN (SELECT value FROM json_each(?))',
      sourceId,
      ids,
    );
    const pointedAt = (column: 'thread_id' | 'reply_to', index: string) =>
      db
        .all<{ id: string }>(
          `SELECT DISTINCT ${column} AS id FROM messages INDEXED BY ${index}
           WHERE source_id = ? AND ${column} IN (SELECT value FROM json_each(?)) AND id <> ${column}`,
          sourceId,
          ids,
        )
        .map(({ id }) => id);
    return {
      known: new Map(known.map((row) => [row.id, row])),
      /** A root may be known from before it had replies, or come after them; without any (left) it is a message like others. */
      threads: new Set(pointedAt('thread_id', 'messages_by_thread')),
      answered: new Set(pointedAt('reply_to', 'messages_by_reply')),
    };
  }

  function markThreadRoot(sourceId: number, id: string, window: MessageWindow) {
    const root = db.get<{ at_us: number }>(
      'SELECT at_us FROM messages WHERE source_id = ? AND id = ? AND thread_id IS NULL',
      sourceId,
      id,
    );
    if (!root) return;
    db.run('UPDATE messages SET thread_id = id, linked = 0 WHERE source_id = ? AND id = ?', sourceId, id);
    unlinkAfter(sourceId, root.at_us, window);
  }

  return {
    async put(sourceId, messages, window) {
      const counts = { added: 0, changed: 0, unchanged: 0 };
      return db.transaction(() => {
        const last = db.get<{ at_us: number | null }>(
          'SELECT max(at_us) AS at_us FROM messages WHERE source_id = ?',
          sourceId,
        );
        let newestUs = last?.at_us ?? Number.NEGATIVE_INFINITY;
        const { known: stored, threads, answered } = look(sourceId, messages);
        const moved: number[] = [];
        for (const message of messages) {
          const files = JSON.stringify(message.files);
          const hash = contentHash(message, files);
          const threadId = message.threadId ?? (threads.has(message.id) ? message.id : undefined);
          const known = stored.get(message.id);
          if (known && sameBytes(known.hash, hash)) {
            counts.unchanged++;
            continue;
          }
          counts[known ? 'changed' : 'added']++;
          db.run(
            `INSERT INTO messages (source_id, ${MESSAGE_COLUMNS}, hash, thread_told, linked)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
             ON CONFLICT DO UPDATE SET at_us = excluded.at_us, person_id = excluded.person_id, thread_id = excluded.thread_id,
               reply_to = excluded.reply_to, text = excluded.text, files = excluded.files, confirmations = excluded.confirmations,
               contradictions = excluded.contradictions, permalink = excluded.permalink, hash = excluded.hash,
               thread_told = excluded.thread_told, linked = 0`,
            sourceId,
            message.id,
            message.atUs,
            message.personId,
            threadId ?? null,
            message.replyTo ?? null,
            message.text,
            files,
            message.confirmations,
            message.contradictions,
            message.permalink ?? null,
            hash,
            Number(message.threadId !== undefined),
          );
          if (threadId !== undefined && threadId !== message.id) markThreadRoot(sourceId, threadId, window);
          const loose = threadId === undefined;
          const wasLoose = known?.thread_id === null;
          if ((loose || wasLoose) && message.atUs <= newestUs) {
            moved.push(Math.min(message.atUs, known?.at_us ?? message.atUs));
          }
          // Who answers it by name may have come before it did.
          if (answered.has(message.id)) unlinkRepliesTo(sourceId, message.id);
          stored.set(message.id, { id: message.id, hash, thread_id: threadId ?? null, at_us: message.atUs });
          if (threadId !== undefined && threadId !== message.id) threads.add(threadId);
          if (message.replyTo !== undefined) answered.add(message.replyTo);
          newestUs = Math.max(newestUs, message.atUs);
        }
        unlinkAfterEach(sourceId, moved, window);
        if (counts.added + counts.changed > 0) revisions.changed(sourceId);
        return counts;
      });
    },

    async remove(sourceId, ids, window) {
      return db.transaction(() => {
        const total = { messages: 0, answersErased: 0 };
        for (const id of ids) {
          const known = db.get<{ at_us: number; thread_id: string | null; root_id: string | null }>(
            'SELECT at_us, thread_id, root_id FROM messages WHERE source_id = ? AND id = ?',
            sourceId,
            id,
          );
          if (!known) continue;
          total.messages++;
          oweScrub(db);
          total.answersErased += erasePassagesOf(db, sourceId, id);
          unlinkRepliesTo(sourceId, id);
          db.run(
            `UPDATE messages SET linked = 0 WHERE source_id = ?1 AND id IN (
               SELECT id FROM messages INDEXED BY messages_by_antecedent WHERE source_id = ?1 AND antecedent_id = ?2)`,
            sourceId,
            id,
          );
          if (known.thread_id === null) unlinkAfter(sourceId, known.at_us, window);
          db.run('DELETE FROM messages WHERE source_id = ? AND id = ?', sourceId, id);
          if (known.thread_id !== null) unmarkThreadRoot(sourceId, known.thread_id, window);
          if (known.root_id !== null) {
            markDirty(db, revisions, sourceId, known.root_id);
          }
        }
        if (total.messages > 0) revisions.changed(sourceId);
        return total;
      });
    },
  };
}

function contentHash(message: MessageRecord, files: string): Uint8Array {
  return shortHash(
    JSON.stringify([
      message.atUs,
      message.personId,
      message.threadId,
      message.replyTo,
      message.text,
      files,
      message.confirmations,
      message.contradictions,
      message.permalink,
    ]),
  );
}
