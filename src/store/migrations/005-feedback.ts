import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The record of feedback: what was served, what people say of it now, and what was learned from it. Frozen once
 * released. Words of people stand in one place each (`questions`, `answers`, `feedback_events`, `passages`,
 * `imported_passages`), so that erasing them there erases them.
 */
const RECORD = `
ALTER TABLE feedback_events ADD COLUMN withdraws TEXT;
DROP VIEW current_votes;
CREATE TABLE feedback_present (
  answer_id TEXT NOT NULL, voter TEXT NOT NULL, vote INTEGER NOT NULL, voted_ms INTEGER, reason TEXT,
  correction_id INTEGER, corrected_ms INTEGER, comment_id INTEGER, confirmed INTEGER NOT NULL, resolved INTEGER NOT NULL,
  last TEXT NOT NULL,
  PRIMARY KEY (answer_id, voter)) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_present_corrections ON feedback_present (answer_id) WHERE correction_id IS NOT NULL;
CREATE INDEX feedback_events_by_voter ON feedback_events (voter) WHERE text IS NOT NULL;
CREATE VIEW current_votes AS
  SELECT answer_id, voter, CASE vote WHEN 1 THEN 'up' ELSE 'down' END AS kind, reason, voted_ms AS at_ms
  FROM feedback_present WHERE vote <> 0;
CREATE TABLE served (
  answer_id TEXT PRIMARY KEY REFERENCES answers ON DELETE CASCADE, origin TEXT NOT NULL, reader TEXT, language TEXT,
  answerer TEXT NOT NULL, model TEXT, prompt_version TEXT, settings_hash TEXT, embedder TEXT, input_tokens INTEGER,
  output_tokens INTEGER, cost REAL, history_turns INTEGER NOT NULL, history_hash TEXT, may_train INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE served_passages (
  answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, n INTEGER NOT NULL, passage_id INTEGER NOT NULL,
  PRIMARY KEY (answer_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX served_passages_by_passage ON served_passages (passage_id);
CREATE TABLE served_settings (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE imported_passages (
  answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, n INTEGER NOT NULL, text TEXT NOT NULL, url TEXT,
  PRIMARY KEY (answer_id, n)) STRICT, WITHOUT ROWID;
CREATE TABLE text_checks (
  kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, tokens INTEGER NOT NULL, findings TEXT NOT NULL,
  PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
ALTER TABLE opt_outs ADD COLUMN voter TEXT;
CREATE INDEX opt_outs_by_voter ON opt_outs (voter);
CREATE TABLE learn_owed (answer_id TEXT PRIMARY KEY, mark INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE learned (
  answer_id TEXT PRIMARY KEY, kind TEXT NOT NULL, source_id INTEGER NOT NULL, document_key TEXT NOT NULL,
  learned_ms INTEGER NOT NULL, UNIQUE (source_id, document_key)) STRICT, WITHOUT ROWID;
CREATE TABLE learned_needs (
  answer_id TEXT NOT NULL REFERENCES learned ON DELETE CASCADE, audience_id INTEGER NOT NULL,
  PRIMARY KEY (answer_id, audience_id)) STRICT, WITHOUT ROWID;
CREATE TABLE learned_rests (
  answer_id TEXT NOT NULL REFERENCES learned ON DELETE CASCADE, passage_id INTEGER NOT NULL,
  PRIMARY KEY (answer_id, passage_id)) STRICT, WITHOUT ROWID;
CREATE INDEX answers_abstained ON answers (answered_ms) WHERE status = 'abstained';
INSERT OR IGNORE INTO learn_owed SELECT DISTINCT answer_id, 1 FROM feedback_events;
CREATE TRIGGER question_words AFTER UPDATE OF text ON questions BEGIN DELETE FROM text_checks WHERE kind = 'question' AND key = old.id; END;
CREATE TRIGGER answer_words AFTER UPDATE OF text ON answers BEGIN DELETE FROM text_checks WHERE kind = 'answer' AND key = old.id; INSERT INTO learn_owed VALUES (old.id, 1) ON CONFLICT DO UPDATE SET mark = mark + 1; END;
CREATE TRIGGER feedback_words AFTER UPDATE OF text ON feedback_events BEGIN DELETE FROM text_checks WHERE kind = old.kind AND key = CAST(old.id AS TEXT); INSERT INTO learn_owed VALUES (old.answer_id, 1) ON CONFLICT DO UPDATE SET mark = mark + 1; END;
CREATE TRIGGER passage_gone AFTER DELETE ON passages BEGIN DELETE FROM text_checks WHERE kind = 'passage' AND key = CAST(old.id AS TEXT); END;
CREATE TRIGGER document_gone AFTER DELETE ON documents BEGIN INSERT INTO learn_owed SELECT answer_id, 1 FROM learned WHERE source_id = old.source_id AND document_key = old.key ON CONFLICT DO UPDATE SET mark = mark + 1; END;
`;

/** What is made of it: datasets, what a reviewer decided. */
const DATASETS = `
CREATE TABLE fingerprints (
  kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, print BLOB NOT NULL,
  PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
CREATE TABLE review_decisions (
  answer_id TEXT PRIMARY KEY REFERENCES answers ON DELETE CASCADE, decision TEXT NOT NULL,
  at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE datasets (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, format TEXT NOT NULL, folder TEXT NOT NULL, parent TEXT,
  order_body TEXT NOT NULL, row_count INTEGER NOT NULL, made_ms INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
CREATE INDEX datasets_by_folder ON datasets (folder);
CREATE TABLE dataset_rows (
  dataset INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE, split INTEGER NOT NULL, answer_ids TEXT NOT NULL,
  PRIMARY KEY (dataset, split)) STRICT;
CREATE TABLE trained_models (
  name TEXT NOT NULL, dataset INTEGER NOT NULL REFERENCES datasets, made_ms INTEGER NOT NULL,
  forgotten_ms INTEGER, PRIMARY KEY (name, dataset)) STRICT, WITHOUT ROWID;
CREATE TRIGGER question_print AFTER UPDATE OF text ON questions BEGIN DELETE FROM fingerprints WHERE kind = 'question' AND key = old.id; END;
CREATE TRIGGER answer_print AFTER UPDATE OF text ON answers BEGIN DELETE FROM fingerprints WHERE kind = 'answer' AND key = old.id; END;
CREATE TRIGGER correction_print AFTER UPDATE OF text ON feedback_events BEGIN DELETE FROM fingerprints WHERE kind = 'correction' AND key = CAST(old.id AS TEXT); END;
`;

export const feedback: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of `${RECORD}${DATASETS}`.split(/;\s*\n/)) {
      if (statement.trim()) await sql.raw(statement).execute(db);
    }
  },
};
