import type { Database } from './database.ts';

/** What people and channels are called now. Texts hold their ids; names are filled in when a text is shown. */
export interface Names {
  people(spaceId: string, ids: readonly string[]): Map<string, string>;
  /** Those that everybody in the space may read: what a private one is called is as private as it is. */
  channels(spaceId: string, ids: readonly string[]): Map<string, string>;
  /** Ids of the people of these spaces that one of the words names, by handle, first name or whole name. */
  peopleCalled(spaceIds: readonly string[], words: readonly string[]): { id: string; word: string }[];
}

const MOST_WORDS = 24;

export function createNames(db: Database): Names {
  // A name with a line of its own could pass for somebody else's words.
  const named = (rows: { id: string; name: string }[]) =>
    new Map(rows.map(({ id, name }) => [id, name.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim() || id]));
  return {
    people: (spaceId, ids) =>
      named(
        db.all(
          'SELECT id, name FROM people WHERE space_id = ? AND id IN (SELECT value FROM json_each(?))',
          spaceId,
          JSON.stringify(ids),
        ),
      ),
    channels: (spaceId, ids) =>
      named(
        db.all(
          `SELECT s.key AS id, s.name FROM sources s JOIN audiences a ON a.id = s.audience_id AND a.kind = 'everybody'
           WHERE s.space_id = ? AND s.kind = 'channel' AND s.key IN (SELECT value FROM json_each(?))`,
          spaceId,
          JSON.stringify(ids),
        ),
      ),
    peopleCalled: (spaceIds, words) =>
      db.all(
        // Each by its index: one walk over thousands of people costs more than all the rest of a search. What begins
        // with a word and a space lies between that and the sign after the space.
        `WITH asked (space, word) AS (SELECT s.value, w.value FROM json_each(?1) s, json_each(?2) w)
         SELECT p.id, a.word FROM asked a CROSS JOIN people p INDEXED BY people_by_handle ON p.space_id = a.space AND lower(p.handle) = a.word
         UNION SELECT p.id, a.word FROM asked a CROSS JOIN people p INDEXED BY people_by_name ON p.space_id = a.space AND lower(p.name) = a.word
         UNION SELECT p.id, a.word FROM asked a CROSS JOIN people p INDEXED BY people_by_name ON p.space_id = a.space
           AND lower(p.name) >= a.word || ' ' AND lower(p.name) < a.word || '!'
         LIMIT 20`,
        JSON.stringify(spaceIds),
        JSON.stringify(
          words
            .slice(0, MOST_WORDS)
            .map((word) => word.toLowerCase())
            .filter((word) => word.length > 2),
        ),
      ),
  };
}
