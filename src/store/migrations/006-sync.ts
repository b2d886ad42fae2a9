import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What sync remembers: how far each source is, what platforms told when, and who wants to be left out. */
const STATEMENTS = [
  // One that is readable by exactly who may read another, at every moment: documents linked in a private channel.
  'ALTER TABLE sources ADD COLUMN follows_id INTEGER REFERENCES sources ON DELETE CASCADE',
  'CREATE INDEX sources_by_leader ON sources (follows_id) WHERE follows_id IS NOT NULL',
  `CREATE TABLE sync_sources (
     id TEXT PRIMARY KEY, kind TEXT NOT NULL, space_id TEXT NOT NULL, name TEXT NOT NULL, cursor TEXT,
     stale_after_ms INTEGER NOT NULL, known_ms INTEGER NOT NULL, started_ms INTEGER, ended_ms INTEGER,
     success_ms INTEGER, next_ms INTEGER, failures INTEGER NOT NULL DEFAULT 0, error TEXT, holding TEXT,
     done INTEGER, total INTEGER, unit TEXT, until_ms INTEGER) STRICT, WITHOUT ROWID`,
  `CREATE TABLE sync_documents (
     sync_id TEXT NOT NULL REFERENCES sync_sources ON DELETE CASCADE, key TEXT NOT NULL, memory TEXT,
     sentence TEXT, failed_ms INTEGER, PRIMARY KEY (sync_id, key)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX sync_documents_failed ON sync_documents (sync_id, failed_ms) WHERE failed_ms IS NOT NULL',
  `CREATE TABLE sync_threads (
     source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, id TEXT NOT NULL, replies INTEGER NOT NULL,
     latest TEXT, wanted INTEGER NOT NULL, read_to TEXT, PRIMARY KEY (source_id, id)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX sync_threads_wanted ON sync_threads (source_id, id) WHERE wanted = 1',
  `CREATE TABLE sync_marks (
     source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, message_id TEXT NOT NULL,
     event_us INTEGER NOT NULL, moment INTEGER NOT NULL, heard_ms INTEGER NOT NULL,
     PRIMARY KEY (source_id, message_id)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX sync_marks_by_time ON sync_marks (heard_ms)',
  `CREATE TABLE sync_looks (
     source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, message_id TEXT NOT NULL, thread_id TEXT,
     happened_ms INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (source_id, message_id)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX messages_by_person ON messages (person_id, source_id)',
];

export const sync: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
