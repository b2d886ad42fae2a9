import type { Database } from './database.ts';
import { markDirty } from './dirty.ts';
import { MESSAGE_COLUMNS, type MessageRecord, type MessageRow, messageRecord } from './messageRow.ts';
import { LOOSE, type MessageWindow } from './messages.ts';
import type { Revisions } from './revisions.ts';

export interface LinkedMessage {
  readonly id: string;
  /** The message that it answers, if any. */
  readonly antecedentId?: string;
  /** The first message of its conversation. */
  readonly rootId: string;
}

/** Which message goes on from which, and so which conversation each belongs to. */
export interface Links {
  /** The oldest unlinked messages of one source, and the loose messages in the window before the first of them. */
  unlinked(
    limit: number,
    window: MessageWindow,
  ): Promise<{ sourceId: number; revision: number; before: MessageRecord[]; messages: MessageRecord[] } | undefined>;
  /** The root of a message's conversation, as far as it is known. */
  rootOf(sourceId: number, messageId: string): string | undefined;
  /**
   * Says what messages answer; the conversations that they leave and join, and all that hangs on them, become dirty.
   * @param revision as `unlinked` gave it
   * @returns false, and nothing is written, if messages of the source came, changed or went since then
   */
  link(sourceId: number, links: readonly LinkedMessage[], revision: number): Promise<boolean>;
}

export function createLinks(db: Database, revisions: Revisions): Links {
  return {
    async unlinked(limit, window) {
      const first = db.get<{ source_id: number; at_us: number; id: string }>(
        'SELECT source_id, at_us, id FROM messages WHERE linked = 0 ORDER BY source_id, at_us, id LIMIT 1',
      );
      if (!first) return undefined;
      const before = db.all<MessageRow>(
        `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE source_id = ? AND (at_us, id) < (?, ?) AND at_us >= ? AND ${LOOSE}
         ORDER BY at_us DESC, id DESC LIMIT ?`,
        first.source_id,
        first.at_us,
        first.id,
        first.at_us - window.windowUs,
        window.windowMessages,
      );
      // All messages from the first unlinked one on, so that the window slides over linked ones between them too.
      const messages = db.all<MessageRow & { linked: number }>(
        `SELECT ${MESSAGE_COLUMNS}, linked FROM messages WHERE source_id = ? AND (at_us, id) >= (?, ?)
         ORDER BY at_us, id LIMIT ?`,
        first.source_id,
        first.at_us,
        first.id,
        limit,
      );
      const lastUnlinked = messages.findLastIndex(({ linked }) => linked === 0);
      return {
        sourceId: first.source_id,
        revision: revisions.of(first.source_id),
        before: before.reverse().map(messageRecord),
        messages: messages.slice(0, lastUnlinked + 1).map(messageRecord),
      };
    },

    rootOf(sourceId, messageId) {
      const row = db.get<{ root_id: string | null; thread_id: string | null }>(
        'SELECT root_id, thread_id FROM messages WHERE source_id = ? AND id = ?',
        sourceId,
        messageId,
      );
      return row?.root_id ?? row?.thread_id ?? undefined;
    },

    async link(sourceId, links, revision) {
      if (revisions.of(sourceId) !== revision) return false;
      db.transaction(() => {
        const before = new Map(
          db
            .all<{ id: string; root_id: string | null; linked: number; antecedent_id: string | null }>(
              `SELECT id, root_id, linked, antecedent_id FROM messages
               WHERE source_id = ? AND id IN (SELECT value FROM json_each(?))`,
              sourceId,
              JSON.stringify(links.map(({ id }) => id)),
            )
            .map((row) => [row.id, row]),
        );
        const touched = new Set<string>();
        let hasMoved = false;
        const dirty = (rootId: string | null) => {
          if (rootId !== null) touched.add(rootId);
        };
        for (const { id, antecedentId, rootId } of links) {
          const known = before.get(id);
          if (!known) continue;
          // What moved with the message that it hangs on, a moment ago, is in another conversation than it was.
          if (hasMoved) known.root_id = rootNow(sourceId, id);
          const moved = known.root_id !== rootId;
          if (!moved && known.linked === 1 && known.antecedent_id === (antecedentId ?? null)) continue;
          dirty(known.root_id);
          dirty(rootId);
          db.run(
            'UPDATE messages SET linked = 1, antecedent_id = ?, root_id = ? WHERE source_id = ? AND id = ?',
            antecedentId ?? null,
            rootId,
            sourceId,
            id,
          );
          if (moved && known.root_id !== null) {
            moveDescendants(sourceId, id, rootId, dirty);
            hasMoved = true;
          }
        }
        for (const rootId of touched) {
          markDirty(db, revisions, sourceId, rootId);
        }
      });
      return true;
    },
  };

  function rootNow(sourceId: number, id: string): string | null {
    const row = db.get<{ root_id: string | null }>(
      'SELECT root_id FROM messages WHERE source_id = ? AND id = ?',
      sourceId,
      id,
    );
    return row?.root_id ?? null;
  }

  /** What hangs on a message that changed its conversation changes it with it. */
  function moveDescendants(sourceId: number, id: string, rootId: string, dirty: (rootId: string | null) => unknown) {
    const moved = db.all<{ root_id: string | null }>(
      `WITH RECURSIVE below (id) AS (
         SELECT id FROM messages WHERE source_id = ?1 AND antecedent_id = ?2
         UNION SELECT m.id FROM below b CROSS JOIN messages m INDEXED BY messages_by_antecedent
         ON m.source_id = ?1 AND m.antecedent_id = b.id)
       SELECT DISTINCT root_id FROM messages WHERE source_id = ?1 AND id IN below`,
      sourceId,
      id,
    );
    for (const { root_id } of moved) dirty(root_id);
    db.run(
      `WITH RECURSIVE below (id) AS (
         SELECT id FROM messages WHERE source_id = ?1 AND antecedent_id = ?2
         UNION SELECT m.id FROM below b CROSS JOIN messages m INDEXED BY messages_by_antecedent
         ON m.source_id = ?1 AND m.antecedent_id = b.id)
       UPDATE messages SET root_id = ?3 WHERE source_id = ?1 AND id IN below`,
      sourceId,
      id,
      rootId,
    );
  }
}
