import { shortHash } from '../base/hash.ts';
import type { Database } from './database.ts';
import type { CheckOfText, FeedbackEvent, FeedbackEvents } from './feedbackEvents.ts';

export interface ImportedText {
  readonly text: string;
  readonly check: CheckOfText;
}

/** One line of an imported file: an answer from elsewhere, and what somebody said of it. */
export interface ImportedVote {
  readonly answerId: string;
  readonly spaceId: string;
  readonly question: ImportedText;
  readonly answer: ImportedText;
  readonly passages: readonly (ImportedText & { readonly url?: string })[];
  readonly model?: string;
  readonly mayTrain: boolean;
  readonly atMs: number;
  readonly events: readonly (FeedbackEvent & { readonly check?: CheckOfText })[];
}

/** Votes from elsewhere, kept as our own are; their passages are kept with them and never searched. */
export interface ImportedVotes {
  /** All of these or none; what is known already changes nothing. @returns how many answers and events were new */
  put(votes: readonly ImportedVote[]): { answers: number; events: number };
}

/** The question of an imported answer, which nobody else's answer has. */
const importedQuestionId = (answerId: string) => `question-${answerId}`;

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

  function putAnswer(vote: ImportedVote): boolean {
    const { answerId, spaceId, question, answer, passages, model, mayTrain, atMs } = vote;
    const questionId = importedQuestionId(answerId);
    const { changes } = db.run(
      `INSERT INTO questions (id, platform, space_id, channel_id, thread_id, person_id, text, asked_ms)
       VALUES (?, 'import', ?, 'import', ?, 'import', ?, ?) ON CONFLICT DO NOTHING`,
      questionId,
      spaceId,
      answerId,
      question.text,
      atMs,
    );
    if (changes === 0) {
      // Leave that was given once holds; importing again may give it.
      if (mayTrain) db.run('UPDATE served SET may_train = 1 WHERE answer_id = ?', answerId);
      return false;
    }
    db.run(
      "INSERT INTO answers (id, question_id, status, text, notes, answered_ms, erased) VALUES (?, ?, 'answered', ?, '[]', ?, 0)",
      answerId,
      questionId,
      answer.text,
      atMs,
    );
    db.run(
      `INSERT INTO served (answer_id, origin, answerer, model, history_turns, may_train) VALUES (?, 'imported', ?, ?, 0, ?)`,
      answerId,
      model === undefined ? 'none' : 'model',
      model ?? null,
      Number(mayTrain),
    );
    putCheck('question', questionId, question.check);
    putCheck('answer', answerId, answer.check);
    passages.forEach(({ text, url, check }, i) => {
      db.run(
        'INSERT INTO imported_passages (answer_id, n, text_id, url) VALUES (?, ?, ?, ?)',
        answerId,
        i + 1,
        putText(text, check),
        url ?? null,
      );
    });
    return true;
  }

  /** A passage's text stands once. @returns its number */
  function putText(text: string, check: CheckOfText): number {
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

  return {
    put: (votes) =>
      db.transaction(() => {
        const added = { answers: 0, events: 0 };
        for (const vote of votes) {
          if (putAnswer(vote)) added.answers++;
          for (const event of vote.events) {
            if (events.append([event]) === 0) continue;
            added.events++;
            if (!event.check) continue;
            const row = db.get<{ id: number }>('SELECT id FROM feedback_events WHERE event_id = ?', event.eventId);
            if (row) putCheck(event.kind, String(row.id), event.check);
          }
        }
        return added;
      }),
  };
}
