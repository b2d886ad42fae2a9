import type { Database } from './database.ts';

export interface LeftOutEntry {
  /** Of a source of sync, or of a space: then all of it is left out. */
  readonly id: string;
  /** As people call it. */
  readonly name: string;
}

/** What the operator removed, and sync is not to bring back. */
export interface LeftOut {
  /** Resolves when it is on disk. */
  add(entry: LeftOutEntry): Promise<void>;
  /** By id or name. @returns what is no longer left out */
  takeBack(nameOrId: string): Promise<LeftOutEntry[]>;
  has(source: { readonly id: string; readonly spaceId: string; readonly kind: string }): boolean;
  list(): LeftOutEntry[];
}

const PREFIX = 'left-out ';

export function createLeftOut(db: Database): LeftOut {
  const isStored = (id: string) => db.get('SELECT 1 FROM settings WHERE key = ?', `${PREFIX}${id}`) !== undefined;
  const list = () =>
    db
      .all<{ key: string; value: string }>("SELECT key, value FROM settings WHERE key LIKE 'left-out %' ORDER BY value")
      .map(({ key, value }) => ({ id: key.slice(PREFIX.length), name: value }));

  return {
    list,
    async add({ id, name }) {
      await db.durable(() =>
        db.run(
          'INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
          `${PREFIX}${id}`,
          name,
        ),
      );
    },
    async takeBack(nameOrId) {
      const wanted = nameOrId.toLowerCase();
      const found = list().filter(({ id, name }) => [id, name].some((one) => one.toLowerCase() === wanted));
      await db.durable(() => {
        for (const { id } of found) db.run('DELETE FROM settings WHERE key = ?', `${PREFIX}${id}`);
      });
      return found;
    },
    // What an import brings into a space that was removed links to pages as ever.
    has: ({ id, spaceId, kind }) => isStored(id) || (kind !== 'links' && isStored(spaceId)),
  };
}
