import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from './database.ts';
import { eraseAnswers, oweScrub, retire, scrub } from './erase.ts';

/** What went, and what lost its words because it rested on it. */
export interface Removed {
  readonly documents: number;
  readonly messages: number;
  readonly answersErased: number;
}

/**
 * Takes knowledge away so that nothing of its words stays: not in passages, indexes, caches, answers or traces. What
 * people voted stays as a count.
 */
export interface Removal {
  space(spaceId: string): Promise<Removed>;
  source(sourceId: number): Promise<Removed>;
  documents(sourceId: number, keys: readonly string[]): Promise<Removed>;
  /** Makes the bytes of what was removed leave the disk. Takes time in proportion to the index of words; none if nothing was. */
  scrub(): Promise<void>;
}

/** A search over words holds what it reads for some milliseconds; what is still owed after so long is done at the next start. */
const SCRUB_TRIES = 50;
const SCRUB_PAUSE_MS = 100;

export function createRemoval(db: Database): Removal {
  function removeDocument(documentId: number): number {
    const erased = eraseAnswers(
      db,
      'id IN (SELECT answer_id FROM trace_passages WHERE passage_id IN (SELECT id FROM passages WHERE document_id = ?))',
      documentId,
    );
    // Whoever asked may have asked with its words.
    for (const id of erased) {
      db.run("UPDATE questions SET text = '' WHERE id = (SELECT question_id FROM answers WHERE id = ?)", id);
    }
    for (const { id } of db.all<{ id: number }>('SELECT id FROM passages WHERE document_id = ?', documentId)) {
      retire(db, id, { keepCited: false });
    }
    db.run('DELETE FROM documents WHERE id = ?', documentId);
    oweScrub(db);
    return erased.length;
  }

  function removeSource(sourceId: number): Removed {
    const documents = db.all<{ id: number }>('SELECT id FROM documents WHERE source_id = ?', sourceId);
    let answersErased = 0;
    for (const { id } of documents) answersErased += removeDocument(id);
    const { changes: messages } = db.run('DELETE FROM messages WHERE source_id = ?', sourceId);
    db.run('DELETE FROM sources WHERE id = ?', sourceId);
    oweScrub(db);
    return { documents: documents.length, messages, answersErased };
  }

  return {
    async space(spaceId) {
      return db.transaction(() => {
        const total = { documents: 0, messages: 0, answersErased: 0 };
        for (const { id } of db.all<{ id: number }>('SELECT id FROM sources WHERE space_id = ?', spaceId)) {
          const one = removeSource(id);
          total.documents += one.documents;
          total.messages += one.messages;
          total.answersErased += one.answersErased;
        }
        // What was asked in the space itself goes too.
        const asked = eraseAnswers(db, 'question_id IN (SELECT id FROM questions WHERE space_id = ?)', spaceId);
        total.answersErased += asked.length;
        db.run(
          `UPDATE feedback_events SET text = NULL WHERE answer_id IN (
             SELECT a.id FROM answers a JOIN questions q ON q.id = a.question_id WHERE q.space_id = ?)`,
          spaceId,
        );
        db.run("UPDATE questions SET text = '' WHERE space_id = ?", spaceId);
        db.run('DELETE FROM spaces WHERE id = ?', spaceId);
        return total;
      });
    },
    async source(sourceId) {
      return db.transaction(() => removeSource(sourceId));
    },
    async documents(sourceId, keys) {
      return db.transaction(() => {
        const total = { documents: 0, messages: 0, answersErased: 0 };
        for (const key of keys) {
          const known = db.get<{ id: number }>(
            'SELECT id FROM documents WHERE source_id = ? AND key = ?',
            sourceId,
            key,
          );
          if (!known) continue;
          total.answersErased += removeDocument(known.id);
          total.documents++;
        }
        return total;
      });
    },
    async scrub() {
      for (let tries = 0; tries < SCRUB_TRIES && !scrub(db); tries++) await wait(SCRUB_PAUSE_MS);
    },
  };
}
