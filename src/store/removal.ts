import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from './database.ts';
import { eraseAnswers, oweScrub, retire, scrub } from './erase.ts';
import type { Settings } from './settings.ts';

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
  /** Nobody reads it from the moment of the call; the rest takes a while, and goes on at the next start if it is cut off. */
  space(spaceId: string): Promise<Removed>;
  source(sourceId: number): Promise<Removed>;
  documents(sourceId: number, keys: readonly string[]): Promise<Removed>;
  /** Finishes removals that were cut off, and makes the bytes of what was removed leave the disk. Takes time in proportion to the index of words; none if nothing was. */
  scrub(): Promise<void>;
}

/** A search over words holds what it reads for some milliseconds; what is still owed after so long is done at the next start. */
const SCRUB_TRIES = 50;
const SCRUB_PAUSE_MS = 100;

const REMOVING = 'removing ';
const DOCUMENTS_AT_ONCE = 50;
const MESSAGES_AT_ONCE = 2000;

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createRemoval(db: Database, settings: Settings): Removal {
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

  /** From this moment nobody reads it, and a crash does not forget that it is to go. */
  function hide(sourceIds: readonly number[], what: string): void {
    db.transaction(() => {
      for (const id of sourceIds) {
        db.run(
          `INSERT INTO audiences (space_id, kind, key) SELECT space_id, 'members', 'removed' FROM sources WHERE id = ?
           ON CONFLICT DO NOTHING`,
          id,
        );
        db.run(
          `UPDATE sources SET moving = 0, audience_id = (
             SELECT a.id FROM audiences a WHERE a.space_id = sources.space_id AND a.kind = 'members' AND a.key = 'removed')
           WHERE id = ?`,
          id,
        );
      }
      settings.set(`${REMOVING}${what}`, '1');
    });
  }

  /** A few documents at a time, so that whoever asks a question meanwhile is answered. */
  async function removeSources(sourceIds: readonly number[]): Promise<Removed> {
    const total = { documents: 0, messages: 0, answersErased: 0 };
    for (const sourceId of sourceIds) {
      for (;;) {
        const documents = db.all<{ id: number }>(
          'SELECT id FROM documents WHERE source_id = ? LIMIT ?',
          sourceId,
          DOCUMENTS_AT_ONCE,
        );
        if (documents.length === 0) break;
        db.transaction(() => {
          for (const { id } of documents) total.answersErased += removeDocument(id);
        });
        total.documents += documents.length;
        await breathe();
      }
      for (let gone = 1; gone > 0; await breathe()) {
        gone = db.run(
          'DELETE FROM messages WHERE source_id = ?1 AND id IN (SELECT id FROM messages WHERE source_id = ?1 LIMIT ?2)',
          sourceId,
          MESSAGES_AT_ONCE,
        ).changes;
        total.messages += gone;
      }
      db.transaction(() => {
        oweScrub(db);
        db.run('DELETE FROM sources WHERE id = ?', sourceId);
        db.run("DELETE FROM audiences WHERE kind = 'members' AND id NOT IN (SELECT audience_id FROM sources)");
      });
    }
    return total;
  }

  /** What was asked in the space itself goes too, and the space. */
  function removeSpaceItself(spaceId: string): number {
    return db.transaction(() => {
      const asked = eraseAnswers(db, 'question_id IN (SELECT id FROM questions WHERE space_id = ?)', spaceId);
      db.run(
        `UPDATE feedback_events SET text = NULL WHERE answer_id IN (
           SELECT a.id FROM answers a JOIN questions q ON q.id = a.question_id WHERE q.space_id = ?)`,
        spaceId,
      );
      // The passages that came with imported votes; a text goes with the last that it stands in.
      db.run(
        `DELETE FROM imported_passages WHERE answer_id IN (
           SELECT a.id FROM answers a JOIN questions q ON q.id = a.question_id WHERE q.space_id = ?)`,
        spaceId,
      );
      db.run("UPDATE questions SET text = '' WHERE space_id = ?", spaceId);
      db.run('DELETE FROM spaces WHERE id = ?', spaceId);
      db.run('DELETE FROM settings WHERE key = ?', `${REMOVING}space ${spaceId}`);
      oweScrub(db);
      return asked.length;
    });
  }

  async function removeSpace(spaceId: string): Promise<Removed> {
    const ids = db.all<{ id: number }>('SELECT id FROM sources WHERE space_id = ?', spaceId).map(({ id }) => id);
    hide(ids, `space ${spaceId}`);
    const total = await removeSources(ids);
    return { ...total, answersErased: total.answersErased + removeSpaceItself(spaceId) };
  }

  async function removeSource(sourceId: number): Promise<Removed> {
    // What is readable as this is goes with it: the documents that are linked in a channel.
    const followers = db.all<{ id: number }>('SELECT id FROM sources WHERE follows_id = ?', sourceId);
    const ids = [...followers.map(({ id }) => id), sourceId];
    hide(ids, `source ${sourceId}`);
    const total = await removeSources(ids);
    db.run('DELETE FROM settings WHERE key = ?', `${REMOVING}source ${sourceId}`);
    return total;
  }

  async function finishCutOff(): Promise<void> {
    const owed = db.all<{ key: string }>("SELECT key FROM settings WHERE key LIKE 'removing %'");
    for (const { key } of owed) {
      const [, kind, ...id] = key.split(' ');
      if (kind === 'space') await removeSpace(id.join(' '));
      else await removeSource(Number(id[0]));
    }
  }

  return {
    space: removeSpace,
    source: removeSource,
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
      await finishCutOff();
      for (let tries = 0; tries < SCRUB_TRIES && !scrub(db); tries++) await wait(SCRUB_PAUSE_MS);
    },
  };
}
