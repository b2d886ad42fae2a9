import { randomUUID } from 'node:crypto';
import type { Clock } from '../base/Clock.ts';
import type { Log } from '../base/log.ts';
import type { Answer, Turn } from '../knowledge/answer/Answer.ts';
import { say } from '../knowledge/answer/wording.ts';
import type { Ask } from '../knowledge/ask/Ask.ts';
import type { AnswerRecord, Answers } from '../store/answers.ts';
import type { Inbox } from '../store/inbox.ts';
import type { Outbox } from '../store/outbox.ts';
import type { Chat, Question } from './Chat.ts';
import { createGate } from './gate.ts';
import { parseQuestion } from './parseQuestion.ts';
import { createThreadQueue } from './threadQueue.ts';

const DAY_MS = 86_400_000;
/** After so many crashes in the middle of it, a question is given up with a word of apology. */
const MOST_TRIES = 4;
/** What a platform would not take is offered again after so long, times the number of tries. */
const RETRY_MS = 15_000;

/**
 * Threads that may wait at the same time, for an answer or for their platform's leave to post it: a platform that is
 * slow must not keep those from being answered who ask elsewhere.
 */
const THREADS_AT_ONCE = 500;

/** From a question to a posted answer, on every platform the same way. */
export interface Respond {
  /** Stores the question; when this resolves it may be acknowledged. False when it is known already. */
  accept(question: Question): Promise<boolean>;
  /** Takes up what an earlier process left unfinished. */
  resume(): Promise<void>;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
  /** Stops what is under way; it is taken up again at the next start. */
  stop(): Promise<void>;
}

export function createRespond(deps: {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly answers: Answers;
  readonly ask: Ask;
  /** The platforms that are connected; one that is missing keeps its questions waiting. */
  readonly chats: readonly Chat[];
  /** How many answers are written side by side. */
  readonly atOnce: number;
  readonly keepTracesDays: number;
  readonly log: Log;
  readonly now: Clock;
}): Respond {
  const { inbox, outbox, answers, log, now } = deps;
  const chats = new Map(deps.chats.map((chat) => [chat.platform, chat]));
  const stopping = new AbortController();
  const queue = createThreadQueue(THREADS_AT_ONCE);
  const answering = createGate(deps.atOnce);
  const retries = new Set<NodeJS.Timeout>();

  function enqueue(question: Question, tries: number) {
    const chat = chats.get(question.platform);
    if (!chat) return;
    queue.add(`${question.platform} ${question.channelId} ${question.threadId}`, async () => {
      if (stopping.signal.aborted) return;
      try {
        await respond(chat, question, tries);
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ err: error, questionId: question.id }, 'an answer could not be posted; it is tried again');
        if (tries <= MOST_TRIES) retryLater(question, tries + 1);
      }
    });
  }

  function retryLater(question: Question, tries: number) {
    const timer = setTimeout(() => {
      retries.delete(timer);
      enqueue(question, tries);
    }, RETRY_MS * tries);
    timer.unref();
    retries.add(timer);
  }

  async function respond(chat: Chat, question: Question, tries: number) {
    await answers.putQuestion({
      id: question.id,
      platform: question.platform,
      ...(question.reader.kind === 'everybody' ? {} : { spaceId: question.reader.space }),
      channelId: question.channelId,
      threadId: question.threadId,
      personId: question.personId,
      text: question.text,
      askedMs: question.atMs,
    });
    if ((await outbox.find(question.id))?.state === 'posted' || (await chat.isAnswered(question.id))) {
      await inbox.finish(question.id, 'done');
      return;
    }
    await outbox.begin(question.id, question.platform);
    const posting = await chat.begin(question);
    const { record, answer } = await answerOf(question, (text) => posting.append(text), tries);
    if (answer.status === 'failed') await posting.fail(answer.text, record.id);
    else await posting.finish(answer, record.id);
    await outbox.posted(question.id, record.id);
    await inbox.finish(question.id, answer.status === 'failed' ? 'failed' : 'done');
  }

  /** The stored answer, if a crash came between answering and posting; else a new one, stored before it is posted. */
  async function answerOf(question: Question, append: (text: string) => void, tries: number) {
    const thread = await answers.thread(question.platform, question.channelId, question.threadId);
    const before = thread.find(({ question: { id } }) => id === question.id)?.answer;
    if (before) return { record: before, answer: fromRecord(before) };
    if (tries > MOST_TRIES) return store(question, givenUp(), '{}', []);
    const history = [...question.history, ...turnsBefore(thread, question.id)];
    stopping.signal.throwIfAborted();
    const { answer, trace } = await answering(() =>
      deps.ask({
        question: question.text,
        history,
        reader: question.reader,
        ...(question.sourceId === undefined ? {} : { sourceId: question.sourceId }),
        signal: stopping.signal,
        release: ({ text }) => append(text),
      }),
    );
    return store(
      question,
      answer,
      JSON.stringify(trace),
      trace.passages.map(({ passageId }) => passageId),
    );
  }

  async function store(question: Question, answer: Answer, body: string, passageIds: readonly number[]) {
    const record: AnswerRecord = {
      id: randomUUID(),
      questionId: question.id,
      status: answer.status,
      text: answer.text,
      notes: answer.notes,
      citations: answer.citations,
      answeredMs: now(),
      erased: false,
    };
    await answers.put(record, { body, passageIds, keptUntilMs: now() + deps.keepTracesDays * DAY_MS });
    return { record, answer };
  }

  return {
    async accept(question) {
      const fresh = await inbox.accept({
        id: question.id,
        platform: question.platform,
        payload: JSON.stringify(question),
      });
      if (fresh) enqueue(question, 1);
      return fresh;
    },
    async resume() {
      for (const { id, payload, tries } of await inbox.unfinished([...chats.keys()])) {
        const question = parseQuestion(payload);
        if (question) enqueue(question, tries + 1);
        else {
          log.error({ questionId: id }, 'a stored question cannot be read; it is given up');
          await inbox.finish(id, 'failed');
        }
      }
    },
    idle: () => queue.idle(),
    async stop() {
      stopping.abort();
      for (const timer of retries) clearTimeout(timer);
      await queue.idle();
    },
  };
}

function givenUp(): Answer {
  return { status: 'failed', text: say('en', 'failed'), citations: [], notes: [] };
}

function fromRecord({ status, text, citations, notes }: AnswerRecord): Answer {
  return { status: status as Answer['status'], text, citations, notes: notes as Answer['notes'] };
}

function turnsBefore(thread: Awaited<ReturnType<Answers['thread']>>, questionId: string): Turn[] {
  const at = thread.findIndex(({ question }) => question.id === questionId);
  return thread
    .slice(0, Math.max(0, at))
    .flatMap(({ question, answer }): Turn[] => [
      { role: 'person', text: question.text },
      ...(answer && !answer.erased ? [{ role: 'bot' as const, text: answer.text }] : []),
    ]);
}
