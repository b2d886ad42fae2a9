import type { Database } from './database.ts';

export interface OptOut {
  readonly spaceId: string;
  readonly personId: string;
  /** The keyed hash under which they vote, where it is known. */
  readonly voter?: string;
  /** Left out of all that is known from then on, or of datasets only. */
  readonly scope: 'everything' | 'datasets';
}

/** Who asked to be left out in a space. */
export interface OptOuts {
  /** Resolves when it is on disk. Who is left out of everything stays so. */
  add(optOut: OptOut): Promise<void>;
  remove(optOut: Pick<OptOut, 'spaceId' | 'personId'>): Promise<void>;
  /** Whether somebody is left out of everything. */
  has(spaceId: string, personId: string): boolean;
  /** Of the people of a source, those who are left out of everything. */
  of(sourceId: number): ReadonlySet<string>;
  list(): OptOut[];
  /** Takes the words of one voter away (corrections, comments); that they voted, and how, stays. @returns how many */
  eraseWords(voter: string): number;
}

/** @param now milliseconds since 1970 */
export function createOptOuts(db: Database, now: () => number): OptOuts {
  return {
    async add({ spaceId, personId, voter, scope }) {
      await db.durable(() =>
        db.run(
          `INSERT INTO opt_outs (space_id, person_id, asked_ms, voter, scope) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET voter = coalesce(excluded.voter, voter),
             scope = CASE WHEN scope = 'everything' THEN scope ELSE excluded.scope END`,
          spaceId,
          personId,
          now(),
          voter ?? null,
          scope,
        ),
      );
    },
    async remove({ spaceId, personId }) {
      await db.durable(() => db.run('DELETE FROM opt_outs WHERE space_id = ? AND person_id = ?', spaceId, personId));
    },
    has: (spaceId, personId) =>
      db.get(
        "SELECT 1 FROM opt_outs WHERE space_id = ? AND person_id = ? AND scope = 'everything'",
        spaceId,
        personId,
      ) !== undefined,
    of(sourceId) {
      const rows = db.all<{ id: string }>(
        `SELECT person_id AS id FROM opt_outs
         WHERE scope = 'everything' AND space_id = (SELECT space_id FROM sources WHERE id = ?)`,
        sourceId,
      );
      return new Set(rows.map(({ id }) => id));
    },
    list: () =>
      db
        .all<{ spaceId: string; personId: string; voter: string | null; scope: OptOut['scope'] }>(
          'SELECT space_id AS spaceId, person_id AS personId, voter, scope FROM opt_outs ORDER BY 1, 2',
        )
        .map(({ voter, ...rest }) => ({ ...rest, ...(voter === null ? {} : { voter }) })),
    eraseWords: (voter) =>
      db.transaction(
        () => db.run('UPDATE feedback_events SET text = NULL WHERE voter = ? AND text IS NOT NULL', voter).changes,
      ),
  };
}
