import type { Database } from './database.ts';
import { putServed } from './served.ts';

export interface QuestionRecord {
  readonly id: string;
  readonly platform: string;
  readonly spaceId?: string;
  readonly channelId: string;
  readonly threadId: string;
  readonly personId: string;
  readonly text: string;
  readonly askedMs: number;
}

export interface CitationRecord {
  readonly n: number;
  readonly passageId: number;
  readonly title: string;
  readonly url: string;
  readonly quote: string;
}

export interface AnswerRecord {
  /** Also the trace's id. */
  readonly id: string;
  readonly questionId: string;
  readonly status: string;
  readonly text: string;
  readonly notes: readonly string[];
  readonly citations: readonly CitationRecord[];
  readonly answeredMs: number;
  /** True when its words were taken away because something it rested on was. */
  readonly erased: boolean;
}

/** Questions and what was answered. */
export interface Answers {
  putQuestion(question: QuestionRecord): Promise<void>;
  /** Stores an answer with its trace (JSON that points at passages and holds none of their words), at once. */
  put(
    answer: Omit<AnswerRecord, 'erased'>,
    trace: { readonly body: string; readonly passageIds: readonly number[]; readonly keptUntilMs: number },
  ): Promise<void>;
  /** The questions of a thread with their answers, oldest first. */
  thread(
    platform: string,
    channelId: string,
    threadId: string,
  ): Promise<{ question: QuestionRecord; answer?: AnswerRecord }[]>;
  find(answerId: string): Promise<{ question: QuestionRecord; answer: AnswerRecord; trace?: string } | undefined>;
}

/** The threads of one person on one platform. */
export interface Threads {
  list(
    platform: string,
    channelId: string,
    limit: number,
  ): Promise<{ threadId: string; title: string; askedMs: number; questions: number }[]>;
  /** What was asked and answered in them, the newest first. */
  turns(platform: string, channelId: string, limit: number): Promise<TurnRecord[]>;
}

/** One question with the words of its answer, in the thread that began with `title`. */
export interface TurnRecord {
  readonly threadId: string;
  readonly title: string;
  readonly question: string;
  /** Markdown; empty while there is none, and when its words were taken away. */
  readonly answer: string;
  readonly askedMs: number;
}

interface QuestionRow {
  id: string;
  platform: string;
  space_id: string | null;
  channel_id: string;
  thread_id: string;
  person_id: string;
  text: string;
  asked_ms: number;
}
interface AnswerRow {
  id: string;
  question_id: string;
  status: string;
  text: string;
  notes: string;
  answered_ms: number;
  erased: number;
}

function questionRecord(row: QuestionRow): QuestionRecord {
  return {
    id: row.id,
    platform: row.platform,
    ...(row.space_id === null ? {} : { spaceId: row.space_id }),
    channelId: row.channel_id,
    threadId: row.thread_id,
    personId: row.person_id,
    text: row.text,
    askedMs: row.asked_ms,
  };
}

export function createAnswers(db: Database): Answers {
  function answerRecord(row: AnswerRow): AnswerRecord {
    const citations = db.all<CitationRecord>(
      'SELECT n, passage_id AS passageId, title, url, quote FROM citations WHERE answer_id = ? ORDER BY n',
      row.id,
    );
    return {
      id: row.id,
      questionId: row.question_id,
      status: row.status,
      text: row.text,
      notes: JSON.parse(row.notes),
      citations,
      answeredMs: row.answered_ms,
      erased: row.erased === 1,
    };
  }
  const answerTo = (questionId: string) => db.get<AnswerRow>('SELECT * FROM answers WHERE question_id = ?', questionId);

  return {
    async putQuestion(q) {
      db.run(
        `INSERT INTO questions (id, platform, space_id, channel_id, thread_id, person_id, text, asked_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        q.id,
        q.platform,
        q.spaceId ?? null,
        q.channelId,
        q.threadId,
        q.personId,
        q.text,
        q.askedMs,
      );
    },
    async put(answer, trace) {
      db.transaction(() => {
        const { changes } = db.run(
          `INSERT INTO answers (id, question_id, status, text, notes, answered_ms, erased) VALUES (?, ?, ?, ?, ?, ?, 0)
           ON CONFLICT DO NOTHING`,
          answer.id,
          answer.questionId,
          answer.status,
          answer.text,
          JSON.stringify(answer.notes),
          answer.answeredMs,
        );
        if (changes === 0) return; // the question was answered before a crash
        for (const { n, passageId, title, url, quote } of answer.citations) {
          db.run('INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?)', answer.id, n, passageId, title, url, quote);
        }
        db.run('INSERT INTO traces VALUES (?, ?, ?)', answer.id, trace.body, trace.keptUntilMs);
        putServed(db, answer.id, trace.body);
        for (const passageId of new Set(trace.passageIds)) {
          db.run('INSERT INTO trace_passages VALUES (?, ?)', answer.id, passageId);
        }
      });
    },
    async thread(platform, channelId, threadId) {
      return db
        .all<QuestionRow>(
          'SELECT * FROM questions WHERE platform = ? AND channel_id = ? AND thread_id = ? ORDER BY asked_ms, id',
          platform,
          channelId,
          threadId,
        )
        .map((row) => {
          const answer = answerTo(row.id);
          return { question: questionRecord(row), ...(answer ? { answer: answerRecord(answer) } : {}) };
        });
    },
    async find(answerId) {
      const row = db.get<AnswerRow>('SELECT * FROM answers WHERE id = ?', answerId);
      const question = row && db.get<QuestionRow>('SELECT * FROM questions WHERE id = ?', row.question_id);
      if (!row || !question) return undefined;
      const trace = db.get<{ body: string }>('SELECT body FROM traces WHERE answer_id = ?', answerId);
      return {
        question: questionRecord(question),
        answer: answerRecord(row),
        ...(trace ? { trace: trace.body } : {}),
      };
    },
  };
}

export function createThreads(db: Database): Threads {
  return {
    async list(platform, channelId, limit) {
      return db.all<{ threadId: string; title: string; askedMs: number; questions: number }>(
        `SELECT t.threadId, t.askedMs, t.questions, (
           SELECT text FROM questions q WHERE q.platform = ?1 AND q.channel_id = ?2 AND q.thread_id = t.threadId
           ORDER BY asked_ms, id LIMIT 1) AS title
         FROM (SELECT thread_id AS threadId, max(asked_ms) AS askedMs, count(*) AS questions FROM questions
               WHERE platform = ?1 AND channel_id = ?2 GROUP BY thread_id ORDER BY askedMs DESC LIMIT ?3) t
         ORDER BY t.askedMs DESC`,
        platform,
        channelId,
        limit,
      );
    },
    async turns(platform, channelId, limit) {
      return db.all<TurnRecord>(
        `SELECT q.thread_id AS threadId, q.text AS question, q.asked_ms AS askedMs, coalesce(a.text, '') AS answer,
           first_value(q.text) OVER (PARTITION BY q.thread_id ORDER BY q.asked_ms, q.id) AS title
         FROM questions q LEFT JOIN answers a ON a.question_id = q.id
         WHERE q.platform = ? AND q.channel_id = ? ORDER BY q.asked_ms DESC, q.id DESC LIMIT ?`,
        platform,
        channelId,
        limit,
      );
    },
  };
}
