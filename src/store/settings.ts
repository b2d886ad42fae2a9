import type { Database } from './database.ts';

/** Small facts that outlive the process: a key for hashing voters, what the sample's space is, today's spending. */
export interface Settings {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  /** The value, made and stored by `make` the first time. */
  once(key: string, make: () => string): string;
}

export function createSettings(db: Database): Settings {
  const get = (key: string) => db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)?.value;
  const set = (key: string, value: string) => {
    db.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, value);
  };
  return {
    get,
    set,
    once(key, make) {
      return db.transaction(() => {
        const known = get(key);
        if (known !== undefined) return known;
        const made = make();
        set(key, made);
        return made;
      });
    },
  };
}
