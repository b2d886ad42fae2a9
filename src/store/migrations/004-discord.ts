import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which roles people have in a server, and who asked to be left out. Frozen once released. */
const STATEMENTS = [
  `CREATE TABLE discord_members (
     space_id TEXT NOT NULL REFERENCES spaces ON DELETE CASCADE, person_id TEXT NOT NULL, roles TEXT NOT NULL,
     PRIMARY KEY (space_id, person_id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE opt_outs (
     space_id TEXT NOT NULL, person_id TEXT NOT NULL, asked_ms INTEGER NOT NULL,
     scope TEXT NOT NULL, PRIMARY KEY (space_id, person_id)) STRICT, WITHOUT ROWID`,
];

export const discord: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
