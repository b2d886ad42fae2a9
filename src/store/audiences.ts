import type { Database } from './database.ts';

/** Who reads, in the database's terms; the shape of knowledge's Reader. */
export type ReaderRecord =
  | { readonly kind: 'everybody'; readonly spaces: readonly string[] }
  | { readonly kind: 'person'; readonly space: string; readonly personId: string }
  | { readonly kind: 'place'; readonly space: string; readonly channelId: string };

export interface AudienceRecord {
  readonly id: number;
  readonly spaceId: string;
  /**
   * How its passages are kept: `everybody` with all that everybody in the space may read, `members` to be told from the
   * rest. An open channel with guests in it is of the second kind, since those guests read it alone.
   */
  readonly kind: 'everybody' | 'members';
  /** Whether it has a collection of vectors of its own. */
  readonly promoted: boolean;
}

/** Which audiences a reader stands for, looked up anew at each call: what changed a moment ago counts. */
export type Audiences = (reader: ReaderRecord) => AudienceRecord[];

export function createAudiences(db: Database): Audiences {
  const read = audiencesIn(db);
  return (reader) => read(reader).map((audience) => ({ ...audience, promoted: audience.promoted === 1 }));
}

/** The audience of what everybody in a space may read; undefined while there is nothing of that kind. */
export type OpenAudience = (spaceId: string) => number | undefined;

export function createOpenAudience(db: Database): OpenAudience {
  return (spaceId) =>
    db.get<{ id: number }>("SELECT id FROM audiences WHERE space_id = ? AND kind = 'everybody' AND key = ''", spaceId)
      ?.id;
}

type Row = Omit<AudienceRecord, 'promoted'> & { readonly promoted: number };

function audiencesIn(db: Database): (reader: ReaderRecord) => Row[] {
  const fields = `a.id, a.space_id AS spaceId, CASE a.key WHEN '' THEN a.kind ELSE 'members' END AS kind, a.promoted`;
  const open = `SELECT ${fields} FROM audiences a WHERE a.kind = 'everybody' AND a.space_id IN (SELECT value FROM json_each(?))`;
  return (reader) => {
    if (reader.kind === 'everybody') return db.all<Row>(open, JSON.stringify(reader.spaces));
    const everybody = db.all<Row>(open, JSON.stringify([reader.space]));
    if (reader.kind === 'person') {
      const own = db.all<Row>(
        `SELECT ${fields} FROM audience_members m JOIN audiences a ON a.id = m.audience_id
         WHERE m.person_id = ? AND a.space_id = ?`,
        reader.personId,
        reader.space,
      );
      // Only somebody of the space may read what everybody in the space may read; a guest reads just their channels.
      const person = db.get<{ is_guest: number }>(
        'SELECT is_guest FROM people WHERE space_id = ? AND id = ?',
        reader.space,
        reader.personId,
      );
      return person && person.is_guest === 0 ? [...everybody, ...own] : own;
    }
    // Everybody in a place may read the place itself. Whoever is in it may be a guest, who reads nothing else; so may
    // somebody whom we do not know (from a connected workspace).
    const place = db.all<Row>(
      `SELECT ${fields} FROM sources s JOIN audiences a ON a.id = s.audience_id
       WHERE s.space_id = ? AND s.kind = 'channel' AND s.key = ?`,
      reader.space,
      reader.channelId,
    );
    const guests = db.get(
      `SELECT 1 FROM sources s JOIN audience_members m ON m.audience_id = s.audience_id
       LEFT JOIN people p ON p.space_id = s.space_id AND p.id = m.person_id
       WHERE s.space_id = ? AND s.kind = 'channel' AND s.key = ? AND ifnull(p.is_guest, 1) = 1`,
      reader.space,
      reader.channelId,
    );
    if (place.length === 0) return [];
    return guests ? place : [...everybody, ...place.filter(({ id }) => !everybody.some((open) => open.id === id))];
  };
}
