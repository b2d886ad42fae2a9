import type { Database } from './database.ts';

/** What the people of spaces are called, for whoever looks for them in texts. */
export interface PersonNames {
  /** Every name of a space's people, or those that became known after a number. */
  list(spaceId: string, after?: number): { id: string; name: string }[];
  /** Another whenever the names of any space are others; cheap. */
  state(): string;
  /** Another whenever a space's names are others. */
  stateOf(spaceId: string): string;
  /** The number of the latest name; it only grows. */
  latest(): number;
  /** In which spaces somebody became known after a number. */
  spacesSince(number: number): string[];
  /** All texts that were looked at before have been looked through for names up to this number. */
  looked(): number;
  setLooked(number: number): void;
}

const LOOKED = 'names-looked-for';
/** Counted by a trigger. */
const GONE = 'names-gone';

/** Adds what somebody is called; what is known already changes nothing. */
export function putNames(db: Database, spaceId: string, personId: string, names: Iterable<string | undefined>): void {
  for (const name of new Set(names)) {
    if (name === undefined || name === personId) continue;
    db.run('INSERT OR IGNORE INTO person_names (space_id, person_id, name) VALUES (?, ?, ?)', spaceId, personId, name);
  }
}

export function createPersonNames(db: Database): PersonNames {
  const setting = (key: string) =>
    Number(db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)?.value ?? 0);
  // Of all that there ever were: a number is not used again when its name is gone.
  const latest = () => db.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'person_names'")?.seq ?? 0;

  return {
    state: () => `${latest()} ${setting(GONE)}`,
    list: (spaceId, after = 0) =>
      db.all('SELECT person_id AS id, name FROM person_names WHERE space_id = ? AND id > ?', spaceId, after),
    stateOf(spaceId) {
      const [state] = db.rows<[number, number | null]>(
        'SELECT count(*), max(id) FROM person_names WHERE space_id = ?',
        spaceId,
      );
      return String(state);
    },
    latest,
    spacesSince: (number) =>
      db
        .all<{ id: string }>('SELECT DISTINCT space_id AS id FROM person_names WHERE id > ? ORDER BY space_id', number)
        .map(({ id }) => id),
    looked: () => setting(LOOKED),
    setLooked: (number) =>
      void db.run('INSERT INTO settings VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2', LOOKED, String(number)),
  };
}
