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
  /** The generation serves from now on; every other retires. */
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
  /** How many vectors are not where they belong, wanted or unwanted. */
  left(generationId: number): Promise<number>;
}

/** What the index really holds may differ after a crash or a lost disk: the means to find out and to begin again. */
export interface VectorAudit {
  /** How many vectors lie in each collection at least. */
  expected(generationId: number): Promise<Map<string, number>>;
  /** Every collection in which something of the generation lies. */
  collections(generationId: number): Promise<string[]>;
  /** The collection is lost, or not to be trusted: everything in it is wanted again. */
  lost(generationId: number, collection: string): Promise<void>;
  /** Looks at every vector: for a report, not for a loop. */
  counts(generationId: number): Promise<{ placed: number; wanted: number; unwanted: number }>;
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
        db.run("UPDATE generations SET state = 'retired' WHERE id <> ?", id);
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
        'SELECT passage_id AS passageId, collection FROM vectors WHERE generation_id = ? AND state = 2 AND collection IS NOT NULL ORDER BY passage_id LIMIT ?',
        generationId,
        limit,
      );
    },
    async done(generationId, placed, removed) {
      db.transaction(() => {
        for (const { passageId, collection, audienceId } of placed) {
          // What happened meanwhile counts: a passage that was retired stays unwanted, now with the place where its
          // vector lies; one that changed its audience is wanted again.
          const { changes } = db.run(
            `UPDATE vectors SET collection = ?1, state = ifnull((
               SELECT CASE WHEN s.audience_id = ?4 THEN 1 ELSE 0 END FROM passages p JOIN documents d ON d.id = p.document_id
               JOIN sources s ON s.id = d.source_id WHERE p.id = ?2 AND p.live = 1), 2)
             WHERE passage_id = ?2 AND generation_id = ?3`,
            collection,
            passageId,
            generationId,
            audienceId,
          );
          if (changes > 0) continue;
          db.run(
            `INSERT INTO vectors (passage_id, generation_id, state, collection) SELECT ?1, ?2, 2, ?3
             WHERE EXISTS (SELECT 1 FROM generations WHERE id = ?2)`,
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
    async left(generationId) {
      // By the partial indexes: it is asked often, and most vectors are where they belong.
      const row = db.get<{ n: number }>(
        `SELECT (SELECT count(*) FROM vectors WHERE generation_id = ?1 AND state = 0)
              + (SELECT count(*) FROM vectors WHERE generation_id = ?1 AND state = 2) AS n`,
        generationId,
      );
      return row?.n ?? 0;
    },
  };
}

export function createVectorAudit(db: Database): VectorAudit {
  return {
    async expected(generationId) {
      const rows = db.all<{ collection: string; n: number }>(
        'SELECT collection, count(*) AS n FROM vectors WHERE generation_id = ? AND collection IS NOT NULL AND state = 1 GROUP BY collection',
        generationId,
      );
      return new Map(rows.map(({ collection, n }) => [collection, n]));
    },
    async collections(generationId) {
      return db
        .all<{ collection: string }>(
          'SELECT DISTINCT collection FROM vectors WHERE generation_id = ? AND collection IS NOT NULL',
          generationId,
        )
        .map(({ collection }) => collection);
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
