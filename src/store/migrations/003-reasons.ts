import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Why a thumb is down; people and languages found by an index; conversations that changed again while they were read.
 * Frozen once released.
 */
const STATEMENTS = [
  'ALTER TABLE feedback_events ADD COLUMN reason TEXT',
  // Slack's reasons were kept as a vote's text.
  "UPDATE feedback_events SET reason = text, text = NULL WHERE kind = 'down' AND text IS NOT NULL",
  'DROP VIEW current_votes',
  `CREATE VIEW current_votes AS
     SELECT answer_id, voter, kind, reason, at_ms FROM feedback_events e
     WHERE kind <> 'correction' AND id = (
       SELECT max(id) FROM feedback_events l WHERE l.answer_id = e.answer_id AND l.voter = e.voter AND l.kind <> 'correction')`,
  'CREATE INDEX people_by_handle ON people (space_id, lower(handle))',
  'CREATE INDEX people_by_name ON people (space_id, lower(name))',
  // Without it, to say which languages there are reads every passage with its text: half a second at 300,000.
  'CREATE INDEX passages_by_language ON passages (language) WHERE live = 1',
  'ALTER TABLE dirty_conversations ADD COLUMN mark INTEGER NOT NULL DEFAULT 0',
];

export const reasons: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
