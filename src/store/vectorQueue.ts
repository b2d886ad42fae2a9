import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { queries } from './queries.ts';
import type { Settings } from './settings.ts';

export interface GenerationRecord {
  readonly id: number;
  /**
   * One word that no other generation has, in this home or another: collections are named by it, and two homes may
   * share a Chroma server.
   */
  readonly name: string;
  /** The embedder's id. */
  readonly embedder: string;
  readonly dimensions: number;
  readonly state: 'filling' | 'serving' | 'retired';
}

export interface WantedVector {
  readonly passageId: number;
  readonly text: string;
  readonly titlePath: readonly string[];
  readonly documentTitle: string;
  readonly audienceId: number;
  readonly audienceKind: 'everybody' | 'members';
  readonly spaceId: string;
  readonly promoted: number;
  /** Where an earlier vector of it still lies. */
  readonly collection?: string;
}

/**
 * One generation of vectors for each embedder: while a new one fills, the old one serves.
 */
export interface Generations {
  list(): Promise<GenerationRecord[]>;
  /** Begins a generation: every live passage wants a vector in it. It serves at once if no other does. */
  begin(embedder: string, dimensions: number): Promise<GenerationRecord>;
  /** The generation serves from now on; what served before retires. */
  serve(id: number): Promise<void>;
  /** Forgets a retired generation whose collections are dropped. */
  forget(id: number): Promise<void>;
}

/**
 * What the vector index should hold, against what it holds. The queue lies in the database beside the passages, so
 * that Chroma may be down, killed or thrown away: work that is owed is never forgotten, only done again.
 */
export interface VectorQueue {
  wanted(generationId: number, limit: number): Promise<WantedVector[]>;
  /** Vectors that should not be there any more, with where they lie. */
  unwanted(generationId: number, limit: number): Promise<{ passageId: number; collection: string }[]>;
  /** Says what was done: vectors that lie in a collection now, and ones that were taken away. */
  done(
    generationId: number,
    placed: readonly { passageId: number; collection: string; audienceId: number }[],
    removed: readonly number[],
  ): Promise<void>;
  counts(generationId: number): Promise<{ placed: number; wanted: number; unwanted: number }>;
}

/** What the index really holds may differ after a crash or a lost disk: the means to find out and to begin again. */
export interface VectorAudit {
  /** How many vectors should lie in each collection. */
  expected(generationId: number): Promise<Map<string, number>>;
  /** The collection is lost, or not to be trusted: everything in it is wanted again. */
  lost(generationId: number, collection: string): Promise<void>;
  /** Gives every audience of at least `rows` passages a collection of its own; its vectors are wanted there. */
  promote(rows: number): Promise<void>;
}

/** @param now milliseconds since 1970 */
export function createGenerations(db: Database, settings: Settings, now: () => number): Generations {
  const installation = settings.once('installation', () => randomBytes(4).toString('hex'));
  const all = queries.selectFrom('generations').select(['id', 'embedder', 'dimensions', 'state']);
  const named = <T extends { id: number; embedder: string; dimensions: number }>(row: T) => ({
    ...row,
    name: `${row.embedder}-${row.dimensions}-${installation}-${row.id}`,
  });
  return {
    async list() {
      return db.all(all.orderBy('id')).map(named);
    },
    async begin(embedder, dimensions) {
      return db.transaction(() => {
        const serving = db.get(all.where('state', '=', 'serving'));
        // Half-filled ones of embedders that were tried in between are given up.
        db.run(queries.updateTable('generations').set({ state: 'retired' }).where('state', '=', 'filling'));
        const state: GenerationRecord['state'] = serving ? 'filling' : 'serving';
        const { lastId } = db.run(
          queries.insertInto('generations').values({ embedder, dimensions, state, created_ms: now() }),
        );
        db.run(
          'INSERT INTO vectors (passage_id, generation_id, state) SELECT id, ?, 0 FROM passages WHERE live = 1',
          lastId,
        );
        return named({ id: lastId, embedder, dimensions, state });
      });
    },
    async serve(id) {
      db.transaction(() => {
        db.run("UPDATE generations SET state = 'retired' WHERE state = 'serving' AND id <> ?", id);
        db.run("UPDATE generations SET state = 'serving' WHERE id = ?", id);
      });
    },
    async forget(id) {
      db.run("DELETE FROM generations WHERE id = ? AND state = 'retired'", id);
    },
  };
}

export function createVectorQueue(db: Database): VectorQueue {
  return {
    async wanted(generationId, limit) {
      const rows = db.all<
        Omit<WantedVector, 'titlePath' | 'collection'> & { titlePath: string; collection: string | null }
      >(
        `SELECT v.passage_id AS passageId, p.text, p.title_path AS titlePath, d.title AS documentTitle, a.id AS audienceId,
           CASE a.key WHEN '' THEN a.kind ELSE 'members' END AS audienceKind, a.space_id AS spaceId, a.promoted, v.collection
         FROM vectors v JOIN passages p ON p.id = v.passage_id JOIN documents d ON d.id = p.document_id
         JOIN sources s ON s.id = d.source_id JOIN audiences a ON a.id = s.audience_id
         WHERE v.generation_id = ? AND v.state = 0 ORDER BY v.passage_id DESC LIMIT ?`,
        generationId,
        limit,
      );
      return rows.map(({ titlePath, collection, ...rest }) => ({
        ...rest,
        titlePath: JSON.parse(titlePath) as string[],
        ...(collection === null ? {} : { collection }),
      }));
    },
    async unwanted(generationId, limit) {
      return db.all<{ passageId: number; collection: string }>(
        'SELECT passage_id AS passageId, collection FROM vectors WHERE generation_id = ? AND state = 2 AND collection IS NOT NULL LIMIT ?',
        generationId,
        limit,
      );
    },
    async done(generationId, placed, removed) {
      db.transaction(() => {
        for (const { passageId, collection, audienceId } of placed) {
          // What happened meanwhile counts: a passage that was retired stays unwanted, now with the place where its
          // vector lies; one that changed its audience is wanted again.
          db.run(
            `UPDATE vectors SET collection = ?1, state = ifnull((
               SELECT CASE WHEN s.audience_id = ?4 THEN 1 ELSE 0 END FROM passages p JOIN documents d ON d.id = p.document_id
               JOIN sources s ON s.id = d.source_id WHERE p.id = ?2 AND p.live = 1), 2)
             WHERE passage_id = ?2 AND generation_id = ?3`,
            collection,
            passageId,
            generationId,
            audienceId,
          );
          db.run(
            `INSERT INTO vectors (passage_id, generation_id, state, collection) SELECT ?1, ?2, 2, ?3
             WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE passage_id = ?1 AND generation_id = ?2)
               AND EXISTS (SELECT 1 FROM generations WHERE id = ?2)`,
            passageId,
            generationId,
            collection,
          );
        }
        for (const passageId of removed) {
          db.run(
            'DELETE FROM vectors WHERE passage_id = ? AND generation_id = ? AND state = 2',
            passageId,
            generationId,
          );
        }
      });
    },
    async counts(generationId) {
      const states = new Map(
        db
          .all<{ state: number; n: number }>(
            'SELECT state, count(*) AS n FROM vectors WHERE generation_id = ? GROUP BY state',
            generationId,
          )
          .map(({ state, n }) => [state, n]),
      );
      return { placed: states.get(1) ?? 0, wanted: states.get(0) ?? 0, unwanted: states.get(2) ?? 0 };
    },
  };
}

export function createVectorAudit(db: Database): VectorAudit {
  return {
    async expected(generationId) {
      const rows = db.all<{ collection: string; n: number }>(
        'SELECT collection, count(*) AS n FROM vectors WHERE generation_id = ? AND collection IS NOT NULL GROUP BY collection',
        generationId,
      );
      return new Map(rows.map(({ collection, n }) => [collection, n]));
    },
    async lost(generationId, collection) {
      db.transaction(() => {
        db.run(
          'DELETE FROM vectors WHERE generation_id = ? AND collection = ? AND state = 2',
          generationId,
          collection,
        );
        db.run(
          'UPDATE vectors SET state = 0, collection = NULL WHERE generation_id = ? AND collection = ?',
          generationId,
          collection,
        );
      });
    },
    async promote(rows) {
      db.transaction(() => {
        const large = db.all<{ id: number }>(
          `SELECT a.id FROM audiences a JOIN sources s ON s.audience_id = a.id JOIN documents d ON d.source_id = s.id
           JOIN passages p ON p.document_id = d.id AND p.live = 1
           WHERE a.key <> '' AND a.promoted = 0 GROUP BY a.id HAVING count(*) >= ?`,
          rows,
        );
        for (const { id } of large) {
          db.run('UPDATE audiences SET promoted = 1 WHERE id = ?', id);
          db.run(
            `UPDATE vectors SET state = 0 WHERE state = 1 AND passage_id IN (
               SELECT p.id FROM sources s JOIN documents d ON d.source_id = s.id JOIN passages p ON p.document_id = d.id AND p.live = 1
               WHERE s.audience_id = ?)`,
            id,
          );
        }
      });
    },
  };
}
