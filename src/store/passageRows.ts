import type { Database } from './database.ts';
import type { PassageDraft } from './documents.ts';

/** Stores a passage as the next version of its key. @returns its id */
export function insertPassage(
  db: Database,
  given: {
    documentId: number;
    audienceId: number;
    ordinal: number;
    passage: PassageDraft;
    hash: Uint8Array;
  },
): number {
  const { documentId, audienceId, ordinal, passage, hash } = given;
  const { lastId } = db.run(
    `INSERT INTO passages (document_id, key, version, live, hash, title_path, text, url, language, tokens, person_ids,
       from_us, to_us, ordinal, signature, indexed_audience_id)
     VALUES (?1, ?2, (SELECT ifnull(max(version), 0) + 1 FROM passages WHERE document_id = ?1 AND key = ?2),
       1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)`,
    documentId,
    passage.key,
    hash,
    JSON.stringify(passage.titlePath),
    passage.text,
    passage.url,
    passage.language,
    passage.tokens,
    JSON.stringify(passage.personIds),
    passage.fromUs ?? null,
    passage.toUs ?? null,
    ordinal,
    passage.signature,
    audienceId,
  );
  return lastId;
}

export interface AddedPassage {
  readonly id: number;
  readonly passage: PassageDraft;
}

/** What new passages are found by: the messages that they quote, wanted vectors, their words. */
export function indexPassages(
  db: Database,
  sourceId: number,
  audienceId: number,
  added: readonly AddedPassage[],
): void {
  db.run(
    `INSERT OR IGNORE INTO passage_messages
     SELECT ?, m.value, p.value ->> 0 FROM json_each(?) p, json_each(p.value, '$[1]') m`,
    sourceId,
    JSON.stringify(added.map(({ id, passage }) => [id, passage.messageIds])),
  );
  db.run(
    `INSERT INTO vectors (passage_id, generation_id, state)
     SELECT p.value, g.id, 0 FROM json_each(?) p, generations g WHERE g.state <> 'retired'`,
    JSON.stringify(added.map(({ id }) => id)),
  );
  // Last and in one row: FTS5 gathers words in memory, and writes them out at every statement of another table that may
  // have to be undone by itself.
  for (const { id, passage } of added) {
    db.run(
      'INSERT INTO words (rowid, title, body, audience) VALUES (?, ?, ?, ?)',
      id,
      passage.titleWords,
      passage.bodyWords,
      `a${audienceId}`,
    );
  }
}
