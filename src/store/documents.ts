import { sameBytes, shortHash } from '../base/hash.ts';
import type { Database } from './database.ts';
import { retire } from './erase.ts';
import { MESSAGE_COLUMNS, type MessageRecord, type MessageRow, messageRecord } from './messageRow.ts';
import { type AddedPassage, indexPassages, insertPassage } from './passageRows.ts';

/** A passage ready to be stored: its text, and the words under which it is found. */
export interface PassageDraft {
  readonly key: string;
  readonly text: string;
  readonly titlePath: readonly string[];
  /** Where a citation of it leads. */
  readonly url: string;
  readonly tokens: number;
  readonly messageIds: readonly string[];
  readonly personIds: readonly string[];
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly language: string;
  /** Our own tokens, joined by spaces. */
  readonly titleWords: string;
  readonly bodyWords: string;
  readonly signature: Uint8Array;
}

export interface DocumentDraft {
  readonly key: string;
  readonly kind: 'conversation' | 'page';
  readonly title: string;
  readonly url: string;
  readonly atUs?: number;
  readonly confirmations: number;
  readonly contradictions: number;
}

export interface DirtyConversation {
  readonly sourceId: number;
  readonly rootId: string;
  /** Another one each time that it becomes dirty. */
  readonly mark: number;
  readonly messages: readonly MessageRecord[];
}

export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * Documents and their passages. A passage is never altered: another text is another version, and an earlier one that
 * an answer cites stays readable for its trace. What is not cited and no longer said is gone at once.
 */
export interface Documents {
  /**
   * Conversations of one source whose messages changed since they were built last, with their messages in order. A
   * source of which messages are still unlinked has none yet.
   */
  dirtyConversations(limit: number): Promise<DirtyConversation[]>;
  /**
   * Stores documents of one source as they are now, in one transaction; `settled` conversations are clean with it. One
   * that became dirty again since it was read stays so, and what was made of it is not stored: a message may be gone.
   * `draft` is undefined where nothing is left of the document.
   */
  put(
    sourceId: number,
    documents: readonly { key: string; draft?: DocumentDraft; passages: readonly PassageDraft[] }[],
    settled?: readonly Pick<DirtyConversation, 'rootId' | 'mark'>[],
  ): Promise<Changes>;
  keys(sourceId: number): Promise<string[]>;
}

/** What a document's stored hash stands for: its facts and its passages, so that the same input costs no write. */
function draftHash(draft: DocumentDraft, passages: readonly PassageDraft[]): Uint8Array {
  return shortHash(JSON.stringify([draft, passages.map(({ signature: _, ...rest }) => rest)]));
}

export function createDocuments(db: Database): Documents {
  /** A conversation that was regrouped away: what answers cite of it stays readable for their traces. */
  function dissolve(sourceId: number, key: string): boolean {
    const known = db.get<{ id: number }>('SELECT id FROM documents WHERE source_id = ? AND key = ?', sourceId, key);
    if (!known) return false;
    const live = db.all<{ id: number }>('SELECT id FROM passages WHERE document_id = ? AND live = 1', known.id);
    for (const { id } of live) retire(db, id, { keepCited: true });
    const kept = db.get('SELECT 1 FROM passages WHERE document_id = ? LIMIT 1', known.id);
    if (kept) db.run("UPDATE documents SET hash = x'' WHERE id = ?", known.id);
    else db.run('DELETE FROM documents WHERE id = ?', known.id);
    return live.length > 0;
  }

  function livePassages(documentId: number) {
    return db.all<{ id: number; key: string; hash: Uint8Array; ordinal: number }>(
      'SELECT id, key, hash, ordinal FROM passages WHERE document_id = ? AND live = 1',
      documentId,
    );
  }

  function putDocument(
    sourceId: number,
    draft: DocumentDraft,
    passages: readonly PassageDraft[],
    audienceId: number,
    added: AddedPassage[],
  ) {
    const hash = draftHash(draft, passages);
    const known = db.get<{ id: number; hash: Uint8Array }>(
      'SELECT id, hash FROM documents WHERE source_id = ? AND key = ?',
      sourceId,
      draft.key,
    );
    if (known && sameBytes(known.hash, hash)) return 'unchanged';
    const { id } = db.get<{ id: number }>(
      `INSERT INTO documents (source_id, key, kind, title, url, at_us, confirmations, contradictions, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET kind = excluded.kind, title = excluded.title, url = excluded.url, at_us = excluded.at_us,
         confirmations = excluded.confirmations, contradictions = excluded.contradictions, hash = excluded.hash
       RETURNING id`,
      sourceId,
      draft.key,
      draft.kind,
      draft.title,
      draft.url,
      draft.atUs ?? null,
      draft.confirmations,
      draft.contradictions,
      hash,
    ) as { id: number };
    const live = new Map(known ? livePassages(id).map((row) => [row.key, row]) : []);
    passages.forEach((passage, ordinal) => {
      const before = live.get(passage.key);
      live.delete(passage.key);
      const passageHash = shortHash(
        JSON.stringify([draft.title, passage.titlePath, passage.text, passage.url, passage.bodyWords]),
      );
      if (before && sameBytes(before.hash, passageHash)) {
        if (before.ordinal !== ordinal) db.run('UPDATE passages SET ordinal = ? WHERE id = ?', ordinal, before.id);
        return;
      }
      if (before) retire(db, before.id, { keepCited: true });
      const passageId = insertPassage(db, { documentId: id, audienceId, ordinal, passage, hash: passageHash });
      added.push({ id: passageId, passage });
    });
    for (const { id: gone } of live.values()) retire(db, gone, { keepCited: true });
    return known ? 'changed' : 'added';
  }

  return {
    async dirtyConversations(limit) {
      const source = db.get<{ id: number }>(
        `SELECT id FROM sources s WHERE EXISTS (SELECT 1 FROM dirty_conversations WHERE source_id = s.id)
         AND NOT EXISTS (SELECT 1 FROM messages WHERE source_id = s.id AND linked = 0) ORDER BY id LIMIT 1`,
      );
      if (!source) return [];
      const dirty = db.all<{ root_id: string; mark: number }>(
        'SELECT root_id, mark FROM dirty_conversations WHERE source_id = ? ORDER BY root_id LIMIT ?',
        source.id,
        limit,
      );
      const rows = db.all<MessageRow & { root_id: string }>(
        `SELECT ${MESSAGE_COLUMNS}, root_id FROM messages
         WHERE source_id = ? AND root_id IN (SELECT value FROM json_each(?)) ORDER BY root_id, at_us, id`,
        source.id,
        JSON.stringify(dirty.map(({ root_id }) => root_id)),
      );
      const said = Map.groupBy(rows, ({ root_id }) => root_id);
      return dirty.map(({ root_id, mark }) => ({
        sourceId: source.id,
        rootId: root_id,
        mark,
        messages: (said.get(root_id) ?? []).map(messageRecord),
      }));
    },

    async put(sourceId, documents, settled = []) {
      const counts = { added: 0, changed: 0, unchanged: 0, removed: 0 };
      return db.transaction(() => {
        const source = db.get<{ audience_id: number }>('SELECT audience_id FROM sources WHERE id = ?', sourceId);
        if (!source) return counts; // removed meanwhile
        const added: AddedPassage[] = [];
        // Gone already: somebody else built it. Marked anew: it is not what it was when it was read.
        const clean = db.all<{ root_id: string; mark: number }>(
          `SELECT root_id, mark FROM dirty_conversations
           WHERE source_id = ? AND root_id IN (SELECT value FROM json_each(?))`,
          sourceId,
          JSON.stringify(settled.map(({ rootId }) => rootId)),
        );
        const marks = new Map(clean.map(({ root_id, mark }) => [root_id, mark]));
        const stale = new Set(
          settled.filter(({ rootId, mark }) => marks.get(rootId) !== mark).map(({ rootId }) => rootId),
        );
        for (const { key, draft, passages } of documents) {
          if (stale.has(key)) continue;
          if (draft && passages.length > 0) counts[putDocument(sourceId, draft, passages, source.audience_id, added)]++;
          else if (dissolve(sourceId, key)) counts.removed++;
        }
        if (added.length > 0) indexPassages(db, sourceId, source.audience_id, added);
        db.run(
          'DELETE FROM dirty_conversations WHERE source_id = ? AND root_id IN (SELECT value FROM json_each(?))',
          sourceId,
          JSON.stringify(settled.map(({ rootId }) => rootId).filter((rootId) => !stale.has(rootId))),
        );
        return counts;
      });
    },

    async keys(sourceId) {
      return db.all<{ key: string }>('SELECT key FROM documents WHERE source_id = ?', sourceId).map(({ key }) => key);
    },
  };
}
