import type { Database } from './database.ts';

/** Takes a passage out of the indexes; its text stays only while an answer cites it and its source is not removed. */
export function retire(db: Database, passageId: number, { keepCited }: { keepCited: boolean }): void {
  db.run('DELETE FROM words WHERE rowid = ?', passageId);
  db.run('DELETE FROM vectors WHERE passage_id = ? AND collection IS NULL', passageId);
  db.run('UPDATE vectors SET state = 2 WHERE passage_id = ?', passageId);
  const cited = keepCited && db.get('SELECT 1 FROM trace_passages WHERE passage_id = ? LIMIT 1', passageId);
  if (cited) db.run('UPDATE passages SET live = 0 WHERE id = ?', passageId);
  else db.run('DELETE FROM passages WHERE id = ?', passageId);
}

/** Takes their words from answers; that they were given, and how people voted on them, stays. @returns which */
export function eraseAnswers(db: Database, where: string, ...values: (string | number)[]): string[] {
  const ids = db.all<{ id: string }>(`SELECT id FROM answers WHERE erased = 0 AND ${where}`, ...values);
  for (const { id } of ids) {
    db.run("UPDATE answers SET text = '', erased = 1 WHERE id = ?", id);
    db.run("UPDATE citations SET title = '', url = '', quote = '' WHERE answer_id = ?", id);
    // What somebody said it should have been may repeat what it rested on.
    db.run('UPDATE feedback_events SET text = NULL WHERE answer_id = ?', id);
  }
  return ids.map(({ id }) => id);
}

const SCRUB_OWED = 'scrub-owed';

/** Notes, with the removal itself, that bytes are still to leave the disk: a crash in between forgets nothing. */
export function oweScrub(db: Database): void {
  db.run("INSERT INTO settings VALUES (?, '1') ON CONFLICT DO NOTHING", SCRUB_OWED);
}

export function isScrubOwed(db: Database): boolean {
  return db.get('SELECT 1 FROM settings WHERE key = ?', SCRUB_OWED) !== undefined;
}

/**
 * Makes the bytes of what was removed leave the disk, if that is owed.
 * @returns false while a reader still looks at what was there before: to be tried again
 */
export function scrub(db: Database): boolean {
  if (!isScrubOwed(db)) return true;
  // FTS5 keeps deleted words in its segments until they are merged: https://www.sqlite.org/fts5.html#the_optimize_command
  db.run("INSERT INTO words (words) VALUES ('optimize')");
  // Vectors by content are cheap to lose and could tell whether a text was there.
  db.run('DELETE FROM embeddings');
  // secure_delete has zeroed the pages; now the write-ahead log, which holds older ones, is emptied.
  const emptied = db.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0;
  if (emptied) db.run('DELETE FROM settings WHERE key = ?', SCRUB_OWED);
  return emptied;
}

/** Takes every version of the passages away that quote a message. @returns how many answers lost their words by it */
export function erasePassagesOf(db: Database, sourceId: number, messageId: string): number {
  const passages = db.all<{ passage_id: number }>(
    'SELECT passage_id FROM passage_messages WHERE source_id = ? AND message_id = ?',
    sourceId,
    messageId,
  );
  let answersErased = 0;
  for (const { passage_id } of passages) {
    answersErased += eraseAnswers(
      db,
      'id IN (SELECT answer_id FROM trace_passages WHERE passage_id = ?)',
      passage_id,
    ).length;
    db.run("UPDATE documents SET hash = x'' WHERE id = (SELECT document_id FROM passages WHERE id = ?)", passage_id);
    retire(db, passage_id, { keepCited: false });
  }
  return answersErased;
}
