import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Frozen once released: a later change is a migration of its own. */
const STATEMENTS = `
CREATE TABLE spaces (id TEXT PRIMARY KEY, platform TEXT NOT NULL, name TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
CREATE TABLE space_aliases (name TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces ON DELETE CASCADE) STRICT;
CREATE TABLE people (
  space_id TEXT NOT NULL REFERENCES spaces ON DELETE CASCADE, id TEXT NOT NULL, name TEXT NOT NULL, handle TEXT,
  is_bot INTEGER NOT NULL, is_guest INTEGER NOT NULL, PRIMARY KEY (space_id, id)) STRICT, WITHOUT ROWID;
CREATE TABLE audiences (
  id INTEGER PRIMARY KEY AUTOINCREMENT, space_id TEXT NOT NULL REFERENCES spaces ON DELETE CASCADE,
  kind TEXT NOT NULL, key TEXT NOT NULL, promoted INTEGER NOT NULL DEFAULT 0, UNIQUE (space_id, kind, key)) STRICT;
CREATE TABLE audience_members (
  audience_id INTEGER NOT NULL REFERENCES audiences ON DELETE CASCADE, person_id TEXT NOT NULL,
  PRIMARY KEY (audience_id, person_id)) STRICT, WITHOUT ROWID;
CREATE INDEX audience_members_by_person ON audience_members (person_id, audience_id);
CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT, space_id TEXT NOT NULL REFERENCES spaces ON DELETE CASCADE,
  kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, url TEXT,
  audience_id INTEGER NOT NULL REFERENCES audiences, moving INTEGER NOT NULL DEFAULT 0, changed_ms INTEGER NOT NULL,
  UNIQUE (space_id, kind, key)) STRICT;
CREATE INDEX sources_by_audience ON sources (audience_id);
CREATE TABLE messages (
  source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, id TEXT NOT NULL, at_us INTEGER NOT NULL,
  person_id TEXT NOT NULL, thread_id TEXT, reply_to TEXT, text TEXT NOT NULL, files TEXT NOT NULL,
  confirmations INTEGER NOT NULL, contradictions INTEGER NOT NULL, permalink TEXT, hash BLOB NOT NULL,
  thread_told INTEGER NOT NULL, linked INTEGER NOT NULL, antecedent_id TEXT, root_id TEXT, PRIMARY KEY (source_id, id)) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_time ON messages (source_id, at_us, id);
CREATE INDEX messages_by_root ON messages (source_id, root_id, at_us, id);
CREATE INDEX messages_by_antecedent ON messages (source_id, antecedent_id) WHERE antecedent_id IS NOT NULL;
CREATE INDEX messages_by_thread ON messages (source_id, thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX messages_by_reply ON messages (source_id, reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX messages_unlinked ON messages (source_id, at_us, id) WHERE linked = 0;
CREATE TABLE dirty_conversations (
  source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, root_id TEXT NOT NULL,
  PRIMARY KEY (source_id, root_id)) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT, source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  key TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, at_us INTEGER,
  confirmations INTEGER NOT NULL, contradictions INTEGER NOT NULL, hash BLOB NOT NULL, UNIQUE (source_id, key)) STRICT;
CREATE TABLE passages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  key TEXT NOT NULL, version INTEGER NOT NULL, live INTEGER NOT NULL, hash BLOB NOT NULL, title_path TEXT NOT NULL,
  text TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL, tokens INTEGER NOT NULL, person_ids TEXT NOT NULL,
  from_us INTEGER, to_us INTEGER, ordinal INTEGER NOT NULL, signature BLOB, indexed_audience_id INTEGER NOT NULL,
  UNIQUE (document_id, key, version)) STRICT;
CREATE INDEX passages_live ON passages (document_id, ordinal) WHERE live = 1;
CREATE INDEX passages_superseded ON passages (id) WHERE live = 0;
CREATE TABLE passage_messages (
  source_id INTEGER NOT NULL, message_id TEXT NOT NULL, passage_id INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
  PRIMARY KEY (source_id, message_id, passage_id)) STRICT, WITHOUT ROWID;
CREATE INDEX passage_messages_by_passage ON passage_messages (passage_id);
CREATE TABLE embeddings (
  embedder TEXT NOT NULL, hash BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (embedder, hash)) STRICT, WITHOUT ROWID;
CREATE TABLE generations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, embedder TEXT NOT NULL, dimensions INTEGER NOT NULL, state TEXT NOT NULL,
  created_ms INTEGER NOT NULL) STRICT;
CREATE TABLE vectors (
  passage_id INTEGER NOT NULL, generation_id INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
  state INTEGER NOT NULL, collection TEXT, PRIMARY KEY (passage_id, generation_id)) STRICT, WITHOUT ROWID;
CREATE INDEX vectors_wanted ON vectors (generation_id, passage_id) WHERE state = 0;
CREATE INDEX vectors_unwanted ON vectors (generation_id, passage_id) WHERE state = 2;
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, arguments TEXT NOT NULL, state TEXT NOT NULL,
  started_ms INTEGER NOT NULL, ended_ms INTEGER, outcome TEXT) STRICT;
CREATE TABLE inbox (
  id TEXT PRIMARY KEY, platform TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,
  received_ms INTEGER NOT NULL, done_ms INTEGER, tries INTEGER NOT NULL) STRICT;
CREATE INDEX inbox_waiting ON inbox (received_ms) WHERE state = 'waiting';
CREATE TABLE outbox (
  question_id TEXT PRIMARY KEY, platform TEXT NOT NULL, state TEXT NOT NULL, post_ref TEXT,
  changed_ms INTEGER NOT NULL) STRICT;
CREATE TABLE questions (
  id TEXT PRIMARY KEY, platform TEXT NOT NULL, space_id TEXT, channel_id TEXT NOT NULL, thread_id TEXT NOT NULL,
  person_id TEXT NOT NULL, text TEXT NOT NULL, asked_ms INTEGER NOT NULL) STRICT;
CREATE INDEX questions_by_thread ON questions (platform, channel_id, thread_id, asked_ms);
CREATE TABLE answers (
  id TEXT PRIMARY KEY, question_id TEXT NOT NULL UNIQUE REFERENCES questions ON DELETE CASCADE, status TEXT NOT NULL,
  text TEXT NOT NULL, notes TEXT NOT NULL, answered_ms INTEGER NOT NULL, erased INTEGER NOT NULL) STRICT;
CREATE TABLE citations (
  answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, n INTEGER NOT NULL, passage_id INTEGER NOT NULL,
  title TEXT NOT NULL, url TEXT NOT NULL, quote TEXT NOT NULL, PRIMARY KEY (answer_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX citations_by_passage ON citations (passage_id);
CREATE TABLE traces (
  answer_id TEXT PRIMARY KEY REFERENCES answers ON DELETE CASCADE, body TEXT NOT NULL, kept_until_ms INTEGER NOT NULL) STRICT;
CREATE TABLE trace_passages (
  answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, passage_id INTEGER NOT NULL,
  PRIMARY KEY (passage_id, answer_id)) STRICT, WITHOUT ROWID;
CREATE INDEX trace_passages_by_answer ON trace_passages (answer_id);
CREATE TABLE feedback_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL UNIQUE, answer_id TEXT NOT NULL REFERENCES answers,
  voter TEXT NOT NULL, kind TEXT NOT NULL, text TEXT, at_ms INTEGER NOT NULL) STRICT;
CREATE INDEX feedback_events_by_answer ON feedback_events (answer_id, voter, id);
CREATE VIEW current_votes AS
  SELECT answer_id, voter, kind, at_ms FROM feedback_events e
  WHERE kind <> 'correction' AND id = (
    SELECT max(id) FROM feedback_events l WHERE l.answer_id = e.answer_id AND l.voter = e.voter AND l.kind <> 'correction');
CREATE TABLE web_sessions (
  token_hash BLOB PRIMARY KEY, person_id TEXT NOT NULL, created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

// The words of passages as our own tokens, joined by spaces; `audience` holds one token, `a` and the audience's id.
// Contentless: quotes come from `passages.text`.
const WORDS = `
CREATE VIRTUAL TABLE words USING fts5(
  title, body, audience, content='', contentless_delete=1, tokenize="ascii tokenchars '_-./:@+#'");
`;

export const heart: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of `${STATEMENTS}${WORDS}`.split(/;\s*\n/)) {
      if (statement.trim()) await sql.raw(statement).execute(db);
    }
    await sql.raw(`CREATE VIRTUAL TABLE word_counts USING fts5vocab('words', 'row')`).execute(db);
  },
};
