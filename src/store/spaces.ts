import { BackscrollError } from '../base/BackscrollError.ts';
import type { Database } from './database.ts';
import { putNames } from './personNames.ts';
import { queries } from './queries.ts';

export interface SpaceRecord {
  readonly id: string;
  readonly platform: string;
  readonly name: string;
}

export interface PersonRecord {
  readonly id: string;
  readonly name: string;
  readonly handle?: string;
  /** What else they go by: a real name, a nickname elsewhere. They are known by it in texts, and not shown so. */
  readonly alsoCalled?: readonly string[];
  readonly isBot: boolean;
  readonly isGuest: boolean;
}

/** The spaces, by what names they are known, and the people in them. */
export interface Spaces {
  /**
   * Declares a space and people of it, or what is new about them. The name becomes an alias.
   * A name that another space bears already is refused (BackscrollError `usage`).
   */
  put(space: SpaceRecord, people: readonly PersonRecord[]): Promise<void>;
  /** By id, name or an earlier name, regardless of case. */
  find(nameOrId: string): Promise<SpaceRecord | undefined>;
  list(): Promise<SpaceRecord[]>;
  /** A person by id, handle or name. BackscrollError `usage` when several are called so. */
  findPerson(spaceId: string, idOrName: string): Promise<PersonRecord | undefined>;
  /** Which of these people are guests; whom we do not know is one. */
  guestsAmong(spaceId: string, personIds: readonly string[]): string[];
  /** Whether somebody is a bot; undefined for whom we do not know. */
  isBot(spaceId: string, personId: string): boolean | undefined;
}

/** @param now milliseconds since 1970 */
export function createSpaces(db: Database, now: () => number): Spaces {
  const aliasOf = (name: string) => name.trim().toLowerCase();

  return {
    async put(space, people) {
      db.transaction(() => {
        const alias = aliasOf(space.name);
        const holder = db.get(queries.selectFrom('space_aliases').selectAll().where('name', '=', alias));
        if (holder && holder.space_id !== space.id) {
          throw new BackscrollError(
            'usage',
            `The name "${space.name}" belongs to the space ${holder.space_id}, but this is ${space.id}. Choose another name with --space, or remove the other space first.`,
          );
        }
        db.run(
          queries
            .insertInto('spaces')
            .values({ id: space.id, platform: space.platform, name: space.name, created_ms: now() })
            .onConflict((oc) =>
              oc.column('id').doUpdateSet({ name: space.name }).where('spaces.name', '<>', space.name),
            ),
        );
        db.run(
          queries
            .insertInto('space_aliases')
            .values({ name: alias, space_id: space.id })
            .onConflict((oc) => oc.doNothing()),
        );
        for (const { id, name, handle, alsoCalled = [], isBot, isGuest } of people) {
          db.run(
            `INSERT INTO people (space_id, id, name, handle, is_bot, is_guest) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET name = excluded.name, handle = excluded.handle, is_bot = excluded.is_bot, is_guest = excluded.is_guest
             WHERE (name, handle, is_bot, is_guest) IS NOT (excluded.name, excluded.handle, excluded.is_bot, excluded.is_guest)`,
            space.id,
            id,
            name,
            handle ?? null,
            Number(isBot),
            Number(isGuest),
          );
          if (!isBot) putNames(db, space.id, id, [name, handle, ...alsoCalled]);
        }
      });
    },

    async find(nameOrId) {
      return (
        db.get(queries.selectFrom('spaces').select(['id', 'platform', 'name']).where('id', '=', nameOrId)) ??
        db.get(
          queries
            .selectFrom('space_aliases')
            .innerJoin('spaces', 'spaces.id', 'space_aliases.space_id')
            .select(['spaces.id', 'spaces.platform', 'spaces.name'])
            .where('space_aliases.name', '=', aliasOf(nameOrId)),
        )
      );
    },

    async list() {
      return db.all(
        queries.selectFrom('spaces').select(['id', 'platform', 'name']).orderBy('created_ms').orderBy('id'),
      );
    },

    guestsAmong(spaceId, personIds) {
      return db
        .all<{ id: string }>(
          `SELECT value AS id FROM json_each(?2) WHERE value NOT IN (SELECT id FROM people WHERE space_id = ?1 AND is_guest = 0)`,
          spaceId,
          JSON.stringify(personIds),
        )
        .map(({ id }) => id);
    },

    isBot(spaceId, personId) {
      const row = db.get<{ is_bot: number }>(
        'SELECT is_bot FROM people WHERE space_id = ? AND id = ?',
        spaceId,
        personId,
      );
      return row && row.is_bot === 1;
    },

    async findPerson(spaceId, idOrName) {
      const rows = db.all<{ id: string; name: string; handle: string | null; is_bot: number; is_guest: number }>(
        `SELECT id, name, handle, is_bot, is_guest FROM people
         WHERE space_id = ?1 AND (id = ?2 OR lower(handle) = lower(?3) OR lower(name) = lower(?3)) ORDER BY id LIMIT 20`,
        spaceId,
        idOrName,
        idOrName.replace(/^@/, ''),
      );
      const exact = rows.find(({ id }) => id === idOrName);
      if (!exact && rows.length > 1) {
        throw new BackscrollError(
          'usage',
          `"${idOrName}" may be ${rows.map(({ id }) => id).join(' or ')}. Use the id.`,
        );
      }
      const row = exact ?? rows[0];
      if (!row) return undefined;
      const { id, name, handle, is_bot, is_guest } = row;
      return { id, name, ...(handle === null ? {} : { handle }), isBot: is_bot === 1, isGuest: is_guest === 1 };
    },
  };
}
