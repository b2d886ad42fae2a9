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

/** Takes their words from answers; that they were given, and how people voted on them, stays. @returns how many */
export function eraseAnswers(db: Database, where: string, ...values: (string | number)[]): number {
  const ids = db.all<{ id: string }>(`SELECT id FROM answers WHERE erased = 0 AND ${where}`, ...values);
  for (const { id } of ids) {
    db.run("UPDATE answers SET text = '', erased = 1 WHERE id = ?", id);
    db.run("UPDATE citations SET title = '', url = '', quote = '' WHERE answer_id = ?", id);
  }
  return ids.length;
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
    answersErased += eraseAnswers(db, 'id IN (SELECT answer_id FROM trace_passages WHERE passage_id = ?)', passage_id);
    db.run("UPDATE documents SET hash = x'' WHERE id = (SELECT document_id FROM passages WHERE id = ?)", passage_id);
    retire(db, passage_id, { keepCited: false });
  }
  return answersErased;
}
