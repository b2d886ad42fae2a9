import type { Database } from './database.ts';
import type { CheckOfText } from './feedbackEvents.ts';
import { type ImportedText, type ImportedVote, importedQuestionId } from './ImportedVote.ts';

interface Known {
  readonly askedMs: number;
  readonly erased: number;
  readonly mayTrain: number | null;
}

/** Who asked is not told. No voter has this for a name: whoever is forgotten did not ask. */
const NO_PERSON = '';

const KNOWN = `
  SELECT q.asked_ms AS askedMs, a.erased, s.may_train AS mayTrain
  FROM answers a JOIN questions q ON q.id = a.question_id LEFT JOIN served s ON s.answer_id = a.id WHERE a.id = ?`;

/** The answers that imported votes are about. Several lines say the same answer: what they differ in, no order decides. */
export function createImportedAnswers(
  db: Database,
  texts: {
    readonly putCheck: (kind: string, key: string, check: CheckOfText) => void;
    /** @returns its number */
    readonly putText: (text: ImportedText) => number;
  },
) {
  /** An answer is as old as the first thing that anybody said of it. */
  function putEarlier({ answerId, atMs }: ImportedVote): void {
    db.run('UPDATE questions SET asked_ms = ? WHERE id = ?', atMs, importedQuestionId(answerId));
    db.run('UPDATE answers SET answered_ms = ? WHERE id = ?', atMs, answerId);
  }

  /** What was found in its words, and the passages that it rests on. */
  function putRest({ answerId, question, answer, passages }: ImportedVote): void {
    texts.putCheck('question', importedQuestionId(answerId), question.check);
    texts.putCheck('answer', answerId, answer.check);
    passages.forEach((passage, i) => {
      db.run(
        'INSERT INTO imported_passages (answer_id, n, text_id, url) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        answerId,
        i + 1,
        texts.putText(passage),
        passage.url ?? null,
      );
    });
  }

  function putNew(vote: ImportedVote): void {
    const { answerId, spaceId, question, answer, mayTrain = false, atMs } = vote;
    const questionId = importedQuestionId(answerId);
    db.run(
      `INSERT INTO questions (id, platform, space_id, channel_id, thread_id, person_id, text, asked_ms)
       VALUES (?, 'import', ?, 'import', ?, '${NO_PERSON}', ?, ?)`,
      questionId,
      spaceId,
      answerId,
      question.text,
      atMs,
    );
    db.run(
      "INSERT INTO answers (id, question_id, status, text, notes, answered_ms, erased) VALUES (?, ?, 'answered', ?, '[]', ?, 0)",
      answerId,
      questionId,
      answer.text,
      atMs,
    );
    db.run(
      `INSERT INTO served (answer_id, origin, answerer, history_turns, may_train) VALUES (?, 'imported', 'none', 0, ?)`,
      answerId,
      Number(mayTrain),
    );
    putRest(vote);
  }

  /** Gives an answer its words back, which went with its space. */
  function putBack(vote: ImportedVote): void {
    const { answerId, question, answer } = vote;
    db.run('UPDATE questions SET text = ? WHERE id = ?', question.text, importedQuestionId(answerId));
    db.run('UPDATE answers SET text = ?, erased = 0 WHERE id = ?', answer.text, answerId);
    putRest(vote);
  }

  return {
    /** `isBack`: its words were gone, and stand again. */
    put(vote: ImportedVote): { isNew: boolean; isBack: boolean; mayTrain: boolean } {
      const { answerId, mayTrain, model, atMs } = vote;
      const known = db.get<Known>(KNOWN, answerId);
      if (!known) putNew(vote);
      const isBack = known?.erased === 1;
      if (isBack) putBack(vote);
      if (known && atMs < known.askedMs) putEarlier(vote);
      // Leave went with the words: who removes a space takes back what was said of it.
      const before = known ? known.mayTrain === 1 : mayTrain === true;
      const now = mayTrain ?? (before && !isBack);
      if (now !== before) db.run('UPDATE served SET may_train = ? WHERE answer_id = ?', Number(now), answerId);
      // Of several models the one whose name comes first, whichever line did.
      if (model !== undefined)
        db.run(
          "UPDATE served SET answerer = 'model', model = min(?1, ifnull(model, ?1)) WHERE answer_id = ?2",
          model,
          answerId,
        );
      return { isNew: !known, isBack, mayTrain: now };
    },
  };
}
