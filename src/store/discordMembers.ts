import type { Database } from './database.ts';

export interface DiscordMemberRecord {
  readonly personId: string;
  readonly roles: readonly string[];
}

/** Whom we have met in a Discord server, with the roles that they had last. */
export interface DiscordMembers {
  list(spaceId: string): DiscordMemberRecord[];
  put(spaceId: string, member: DiscordMemberRecord): void;
  remove(spaceId: string, personId: string): void;
  /**
   * Lets one person into audiences of a space, or out of them, from this moment.
   * @param may by the audience's key (`SourceDeclaration`); keys that no source has are left alone
   */
  admit(spaceId: string, personId: string, may: ReadonlyMap<string, boolean>): void;
}

export function createDiscordMembers(db: Database): DiscordMembers {
  return {
    list: (spaceId) =>
      db
        .all<{ personId: string; roles: string }>(
          'SELECT person_id AS personId, roles FROM discord_members WHERE space_id = ?',
          spaceId,
        )
        .map(({ personId, roles }) => ({ personId, roles: JSON.parse(roles) as string[] })),
    put(spaceId, { personId, roles }) {
      db.run(
        `INSERT INTO discord_members VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET roles = excluded.roles
         WHERE roles <> excluded.roles`,
        spaceId,
        personId,
        JSON.stringify(roles),
      );
    },
    remove(spaceId, personId) {
      db.run('DELETE FROM discord_members WHERE space_id = ? AND person_id = ?', spaceId, personId);
    },
    admit(spaceId, personId, may) {
      db.transaction(() => {
        for (const [key, isIn] of may) {
          const statement = isIn
            ? `INSERT OR IGNORE INTO audience_members (audience_id, person_id)
               SELECT id, ?1 FROM audiences WHERE space_id = ?2 AND kind = 'members' AND key = ?3`
            : `DELETE FROM audience_members WHERE person_id = ?1 AND audience_id IN (
                 SELECT id FROM audiences WHERE space_id = ?2 AND kind = 'members' AND key = ?3)`;
          db.run(statement, personId, spaceId, key);
        }
      });
    },
  };
}
