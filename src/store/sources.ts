import { BackscrollError } from '../base/BackscrollError.ts';
import type { Database } from './database.ts';
import { queries } from './queries.ts';

/** A channel, a folder of documents, what is linked in one place, a web site, a repository. */
export type SourceKind = 'channel' | 'folder' | 'links' | 'site' | 'repository';

export interface SourceRecord {
  readonly id: number;
  readonly spaceId: string;
  readonly kind: SourceKind;
  readonly key: string;
  readonly name: string;
  readonly url?: string;
  readonly open: boolean;
  /** When it was taken in last. */
  readonly changedMs: number;
}

export interface CountedSource extends SourceRecord {
  readonly documents: number;
  readonly passages: number;
  /** The newest of what is in it; missing when nothing there has a date. */
  readonly newestUs?: number;
}

export interface SourceDeclaration {
  readonly spaceId: string;
  readonly kind: SourceKind;
  readonly key: string;
  readonly name: string;
  readonly url?: string;
  readonly audience: /** `guestIds`: guests who are in it. They read it, and what is answered in it must be fit for them. */
    | { readonly kind: 'everybody'; readonly guestIds?: readonly string[] }
    /** `key`: sources of a space with the same one are read by the same people; without it a source stands alone. */
    | { readonly kind: 'members'; readonly personIds: readonly string[]; readonly key?: string }
    /** Whoever may read that other source, at every moment. */
    | { readonly kind: 'as'; readonly source: number };
  /** The audience is for a source that is new; one that is there keeps its own. */
  readonly isAudienceAssumed?: boolean;
}

/** Where knowledge comes from, and who may read it. */
export interface Sources {
  /** Declares a source, or what is new about it; a change of audience holds from this moment. */
  put(source: SourceDeclaration): Promise<number>;
  /** Notes that what is in it was taken in now. */
  touch(id: number): void;
  find(id: number): Promise<SourceRecord | undefined>;
  /** With what is in them, which is counted each time: for a report, not for a loop. */
  list(spaceId?: string): Promise<CountedSource[]>;
  /** The sources of a space without their counts; with `audienceIds` those that they may read. Cheap. */
  readable(spaceId: string, audienceIds?: readonly number[]): ReadableSource[];
  /** The same of those that belong, at this moment, to one of the audiences, by space and name. */
  counted(audienceIds: readonly number[]): Promise<CountedSource[]>;
}

export type ReadableSource = Pick<SourceRecord, 'id' | 'kind' | 'key' | 'name' | 'open'>;

/** @param now milliseconds since 1970 */
export function createSources(db: Database, now: () => number): Sources {
  function audienceOf(sourceId: number): number {
    const leader = db.get<{ audience_id: number; follows_id: number | null }>(
      'SELECT audience_id, follows_id FROM sources WHERE id = ?',
      sourceId,
    );
    if (leader && leader.follows_id === null) return leader.audience_id;
    throw new BackscrollError(
      'internal',
      `The source ${sourceId}, whose readers another one is to have, is not there.`,
    );
  }

  function audience(source: SourceDeclaration): number {
    if (source.audience.kind === 'as') return audienceOf(source.audience.source);
    const { kind } = source.audience;
    const personIds = source.audience.kind === 'members' ? source.audience.personIds : source.audience.guestIds;
    // One with guests is for everybody too, but what is said in it must be told from the rest: they read that alone.
    const own = (source.audience.kind === 'members' && source.audience.key) || `${source.kind}:${source.key}`;
    const key = kind === 'everybody' && !personIds?.length ? '' : own;
    db.run(
      queries
        .insertInto('audiences')
        .values({ space_id: source.spaceId, kind, key })
        .onConflict((oc) => oc.doNothing()),
    );
    const found = db.get<{ id: number }>(
      'SELECT id FROM audiences WHERE space_id = ? AND kind = ? AND key = ?',
      source.spaceId,
      kind,
      key,
    ) as { id: number };
    if (key !== '') {
      const members = JSON.stringify([...new Set(personIds)]);
      db.run(
        'DELETE FROM audience_members WHERE audience_id = ? AND person_id NOT IN (SELECT value FROM json_each(?))',
        found.id,
        members,
      );
      db.run(
        'INSERT OR IGNORE INTO audience_members (audience_id, person_id) SELECT ?, value FROM json_each(?)',
        found.id,
        members,
      );
    }
    return found.id;
  }

  function knownAudience({ spaceId, kind, key }: SourceDeclaration): number | undefined {
    return db.get<{ audience_id: number }>(
      'SELECT audience_id FROM sources WHERE space_id = ? AND kind = ? AND key = ?',
      spaceId,
      kind,
      key,
    )?.audience_id;
  }

  const FACTS = `s.id, s.space_id AS spaceId, s.kind, s.key, s.name, s.url, a.kind = 'everybody' AS open, s.changed_ms AS changedMs`;
  const FROM = 'FROM sources s JOIN audiences a ON a.id = s.audience_id';
  const LIST = `SELECT ${FACTS},
      (SELECT count(*) FROM documents d WHERE d.source_id = s.id) AS documents,
      (SELECT max(at_us) FROM documents d WHERE d.source_id = s.id) AS newestUs,
      (SELECT count(*) FROM documents d JOIN passages p ON p.document_id = d.id AND p.live = 1 WHERE d.source_id = s.id) AS passages
    ${FROM}`;
  type Row<T> = Omit<T, 'open' | 'url'> & { open: number; url: string | null };
  const record = <T extends { open: number; url: string | null }>({ open, url, ...rest }: T) => ({
    ...rest,
    open: open === 1,
    ...(url === null ? {} : { url }),
  });
  type CountedRow = Row<Omit<CountedSource, 'newestUs'>> & { newestUs: number | null };
  const counted = ({ newestUs, ...rest }: CountedRow): CountedSource => ({
    ...record(rest),
    ...(newestUs === null ? {} : { newestUs }),
  });

  return {
    async put(source) {
      return db.transaction(() => {
        const audienceId = (source.isAudienceAssumed && knownAudience(source)) || audience(source);
        db.run(
          `INSERT INTO sources (space_id, kind, key, name, url, audience_id, follows_id, changed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET name = excluded.name, url = excluded.url, follows_id = excluded.follows_id,
             moving = CASE WHEN audience_id = excluded.audience_id THEN moving ELSE 1 END, audience_id = excluded.audience_id
           WHERE (name, url, audience_id, follows_id) IS NOT (excluded.name, excluded.url, excluded.audience_id, excluded.follows_id)`,
          source.spaceId,
          source.kind,
          source.key,
          source.name,
          source.url ?? null,
          audienceId,
          source.audience.kind === 'as' ? source.audience.source : null,
          now(),
        );
        const { id } = db.get<{ id: number }>(
          'SELECT id FROM sources WHERE space_id = ? AND kind = ? AND key = ?',
          source.spaceId,
          source.kind,
          source.key,
        ) as { id: number };
        // At once, in the same transaction: what is readable as this is.
        db.run(
          'UPDATE sources SET audience_id = ?1, moving = 1 WHERE follows_id = ?2 AND audience_id <> ?1',
          audienceId,
          id,
        );
        return id;
      });
    },
    touch(id) {
      db.run('UPDATE sources SET changed_ms = ? WHERE id = ?', now(), id);
    },
    async find(id) {
      const row = db.get<Row<SourceRecord>>(`SELECT ${FACTS} ${FROM} WHERE s.id = ?`, id);
      return row && record(row);
    },
    async list(spaceId) {
      const rows = spaceId
        ? db.all<CountedRow>(`${LIST} WHERE s.space_id = ? ORDER BY s.name`, spaceId)
        : db.all<CountedRow>(`${LIST} ORDER BY s.space_id, s.name`);
      return rows.map(counted);
    },
    async counted(audienceIds) {
      return db
        .all<CountedRow>(
          `${LIST} WHERE s.audience_id IN (SELECT value FROM json_each(?)) ORDER BY s.space_id, s.name`,
          JSON.stringify(audienceIds),
        )
        .map(counted);
    },
    readable(spaceId, audienceIds) {
      const rows = db.all<Omit<ReadableSource, 'open'> & { open: number }>(
        `SELECT s.id, s.kind, s.key, s.name, a.kind = 'everybody' AS open FROM sources s JOIN audiences a ON a.id = s.audience_id
         WHERE s.space_id = ?1 AND (?2 IS NULL OR s.audience_id IN (SELECT value FROM json_each(?2))) ORDER BY s.name`,
        spaceId,
        audienceIds ? JSON.stringify(audienceIds) : null,
      );
      return rows.map(({ open, ...source }) => ({ ...source, open: open === 1 }));
    },
  };
}
