import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { eraseAnswers, isScrubOwed, oweScrub } from './erase.ts';

export interface ForgottenFeedback {
  readonly questions: number;
  /** Answers to their questions, which lost their words. */
  readonly answersErased: number;
  /** Votes and corrections, which are nobody's from now on; how many there were stays. */
  readonly votes: number;
  /** How many of these had words. */
  readonly texts: number;
}

export interface PersonKey {
  readonly spaceId?: string;
  /** As questions carry it: `U1`, `web:…`. */
  readonly personId: string;
  /** The keyed hash under which they vote. */
  readonly voter: string;
}

/** What of one person stands in the database beside their messages. */
export interface Forgetting {
  /** Their messages, some at a time. */
  messages(
    person: PersonKey,
    limit: number,
  ): { readonly sourceId: number; readonly ids: readonly string[] } | undefined;
  /** Answers that they asked for, voted on, or whose passages have their words. */
  answersOf(person: PersonKey): string[];
  hasVoted(voter: string): boolean;
  hasAsked(person: Omit<PersonKey, 'voter'>): boolean;
  /** Takes their words, their name and what told that it was them, in one transaction. */
  feedback(person: PersonKey): ForgottenFeedback;
  /** The datasets that have rows made of these answers, and the models trained on them; both are marked until `rebuilt`. */
  datasetsOf(answerIds: readonly string[]): { readonly numbers: number[]; readonly models: string[] };
  /** Datasets that are still to be built again. */
  owed(): number[];
  rebuilt(number: number): void;
  /** Whether bytes of what was erased are still to leave the disk. */
  owesScrub(): boolean;
}

/** The voter of votes whose person is forgotten: counted, and nobody's opinion. */
export const NOBODY = 'gone:';
const OWED = 'dataset-owed ';

/** @param now milliseconds since 1970 */
export function createForgetting(db: Database, now: () => number): Forgetting {
  const ASKED = 'SELECT id FROM questions WHERE person_id = ?1 AND space_id IS ?2';

  function anonymise(voter: string): Pick<ForgottenFeedback, 'votes' | 'texts'> {
    const texts = db.run('UPDATE feedback_events SET text = NULL WHERE voter = ? AND text IS NOT NULL', voter).changes;
    const answers = db.all<{ answer_id: string }>(
      'SELECT DISTINCT answer_id FROM feedback_events WHERE voter = ?',
      voter,
    );
    let votes = 0;
    for (const { answer_id } of answers) {
      // Another nobody for each answer, so that one person's votes cannot be put together again.
      const nobody = `${NOBODY}${randomBytes(12).toString('base64url')}`;
      votes += db.run(
        // The platform's event may name who did it.
        `UPDATE feedback_events SET voter = ?1, event_id = '${NOBODY}' || id WHERE voter = ?2 AND answer_id = ?3`,
        nobody,
        voter,
        answer_id,
      ).changes;
      db.run('UPDATE feedback_present SET voter = ? WHERE voter = ? AND answer_id = ?', nobody, voter, answer_id);
    }
    return { votes, texts };
  }

  return {
    messages({ spaceId, personId }, limit) {
      if (spaceId === undefined) return undefined;
      const rows = db.all<{ source_id: number; id: string }>(
        `SELECT m.source_id, m.id FROM messages m JOIN sources s ON s.id = m.source_id
         WHERE s.space_id = ? AND m.person_id = ? ORDER BY m.source_id LIMIT ?`,
        spaceId,
        personId,
        limit,
      );
      const [first] = rows;
      return (
        first && {
          sourceId: first.source_id,
          ids: rows.filter(({ source_id }) => source_id === first.source_id).map(({ id }) => id),
        }
      );
    },
    answersOf: ({ spaceId, personId, voter }) =>
      db
        .all<{ id: string }>(
          `SELECT a.id FROM answers a WHERE a.question_id IN (${ASKED})
           UNION SELECT answer_id FROM feedback_events WHERE voter = ?3
           UNION SELECT t.answer_id FROM trace_passages t JOIN passages p ON p.id = t.passage_id
             JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
             WHERE s.space_id IS ?2 AND EXISTS (SELECT 1 FROM json_each(p.person_ids) w WHERE w.value = ?1)`,
          personId,
          spaceId ?? null,
          voter,
        )
        .map(({ id }) => id),
    hasVoted: (voter) => db.get('SELECT 1 FROM feedback_events WHERE voter = ? LIMIT 1', voter) !== undefined,
    hasAsked: ({ spaceId, personId }) => db.get(`${ASKED} LIMIT 1`, personId, spaceId ?? null) !== undefined,
    feedback({ spaceId, personId, voter }) {
      return db.transaction(() => {
        const asked = `question_id IN (${ASKED})`;
        const ids = db.all<{ id: string }>(`SELECT id FROM answers WHERE ${asked}`, personId, spaceId ?? null);
        const erased = eraseAnswers(db, asked, personId, spaceId ?? (null as never));
        for (const { id } of ids) {
          db.run("UPDATE traces SET body = '{}' WHERE answer_id = ?", id);
          db.run('UPDATE served SET reader = NULL WHERE answer_id = ?', id);
          db.run('DELETE FROM inbox WHERE id = (SELECT question_id FROM answers WHERE id = ?)', id);
        }
        const { changes } = db.run(
          "UPDATE questions SET text = '', person_id = 'nobody' WHERE person_id = ?1 AND space_id IS ?2",
          personId,
          spaceId ?? null,
        );
        const counted = anonymise(voter);
        if (spaceId !== undefined) {
          db.run('DELETE FROM people WHERE space_id = ? AND id = ?', spaceId, personId);
          db.run(
            'DELETE FROM audience_members WHERE person_id = ?2 AND audience_id IN (SELECT id FROM audiences WHERE space_id = ?1)',
            spaceId,
            personId,
          );
        }
        db.run('DELETE FROM web_sessions WHERE person_id = ?', personId);
        oweScrub(db);
        return { questions: changes, answersErased: erased.length, ...counted };
      });
    },
    datasetsOf(answerIds) {
      return db.transaction(() => {
        const found = db.all<{ number: number; state: string }>(
          `SELECT number, state FROM datasets WHERE number IN (
             SELECT r.dataset FROM dataset_rows r, json_each(r.answer_ids) line, json_each(line.value) id
             WHERE id.value IN (SELECT value FROM json_each(?))) ORDER BY number`,
          JSON.stringify(answerIds),
        );
        const models = new Set<string>();
        for (const { number, state } of found) {
          if (state !== 'replaced') db.run("INSERT OR IGNORE INTO settings VALUES (?, '1')", `${OWED}${number}`);
          const trained = db.all<{ name: string }>(
            'UPDATE trained_models SET forgotten_ms = ?1 WHERE dataset = ?2 RETURNING name',
            now(),
            number,
          );
          for (const { name } of trained) models.add(name);
        }
        const numbers = found.filter(({ state }) => state !== 'replaced').map(({ number }) => number);
        return { numbers, models: [...models].sort() };
      });
    },
    owed: () =>
      db
        .all<{ key: string }>("SELECT key FROM settings WHERE key LIKE 'dataset-owed %' ORDER BY key")
        .map(({ key }) => Number(key.slice(OWED.length))),
    rebuilt: (number) => void db.run('DELETE FROM settings WHERE key = ?', `${OWED}${number}`),
    owesScrub: () => isScrubOwed(db),
  };
}
