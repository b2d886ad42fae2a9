import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which message of a platform shows which answer. Frozen once released. */
const STATEMENTS = [
  `CREATE TABLE posts (
     platform TEXT NOT NULL, channel_id TEXT NOT NULL, message_id TEXT NOT NULL, question_id TEXT NOT NULL,
     answer_id TEXT, part INTEGER NOT NULL, PRIMARY KEY (platform, channel_id, message_id)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX posts_by_question ON posts (question_id, part)',
];

export const posts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
