import { shortHash } from '../base/hash.ts';
import type { Database } from './database.ts';
import type { CheckOfText, FeedbackEvents } from './feedbackEvents.ts';
import type { ImportedText, ImportedVote } from './ImportedVote.ts';
import { createImportedAnswers } from './importedAnswers.ts';

export interface ImportedCount {
  /** Answers that were new, or had lost their words when their space was removed. */
  answers: number;
  events: number;
  /** Votes on answers that have leave to be trained on, now. */
  mayTrain: number;
}

/** Votes from elsewhere, kept as our own are; their passages are kept with them and never searched. */
export interface ImportedVotes {
  /**
   * All of these or none; what is known already changes nothing, and in which order they come does not matter.
   */
  put(votes: readonly ImportedVote[]): ImportedCount;
  /** Takes the leave to train back that these were imported with, if they were. */
  withdrawTraining(answerIds: readonly string[]): void;
}

export function createImportedVotes(db: Database, events: Pick<FeedbackEvents, 'append'>): ImportedVotes {
  function putCheck(kind: string, key: string, { version, tokens, findings }: CheckOfText): void {
    db.run(
      'INSERT OR REPLACE INTO text_checks (kind, key, version, tokens, findings) VALUES (?, ?, ?, ?, ?)',
      kind,
      key,
      version,
      tokens,
      findings,
    );
  }

  /** A passage's text stands once. @returns its number */
  function putText({ text, check }: ImportedText): number {
    const hash = shortHash(text);
    const known = db.get<{ id: number }>('SELECT id FROM imported_texts WHERE hash = ?', hash);
    if (known) {
      // In another space others are known by name: it is looked at again for all of them.
      db.run(
        "UPDATE text_checks SET version = 0 WHERE kind = 'imported' AND key = ? AND findings <> ?",
        String(known.id),
        check.findings,
      );
      return known.id;
    }
    const { lastId } = db.run('INSERT INTO imported_texts (hash, text) VALUES (?, ?)', hash, text);
    putCheck('imported', String(lastId), check);
    return lastId;
  }

  const answers = createImportedAnswers(db, { putCheck, putText });

  function putEvent(event: ImportedVote['events'][number], isBack: boolean): number {
    const added = events.append([event]);
    if (!event.check || (added === 0 && !isBack)) return added;
    const row = db.get<{ id: number; text: string | null }>(
      'SELECT id, text FROM feedback_events WHERE event_id = ?',
      event.eventId,
    );
    if (!row) return added;
    // Words come back with their answer, but not those of somebody who asked not to be trained on.
    if (row.text === null) {
      const { changes } = db.run(
        `UPDATE feedback_events SET text = ?1 WHERE id = ?2 AND NOT EXISTS (SELECT 1 FROM opt_outs o WHERE o.voter = ?3)`,
        event.text ?? null,
        row.id,
        event.voter,
      );
      if (changes === 0) return added;
    }
    putCheck(event.kind, String(row.id), event.check);
    return added;
  }

  return {
    put: (votes) =>
      db.transaction(() => {
        const counted: ImportedCount = { answers: 0, events: 0, mayTrain: 0 };
        for (const vote of votes) {
          const { isNew, isBack, mayTrain } = answers.put(vote);
          if (isNew || isBack) counted.answers++;
          if (mayTrain) counted.mayTrain++;
          for (const event of vote.events) counted.events += putEvent(event, isBack);
        }
        return counted;
      }),
    withdrawTraining: (answerIds) =>
      void db.run(
        `UPDATE served SET may_train = 0 WHERE may_train = 1 AND origin = 'imported'
         AND answer_id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(answerIds),
      ),
  };
}
