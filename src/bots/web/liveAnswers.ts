import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Chat, Question } from '../Chat.ts';
import { readQuestionId } from './questionId.ts';
import { type AnswerView, viewAnswer } from './views.ts';
import type { WebDeps } from './WebDeps.ts';

/** A question whose answer has not come for so long no longer counts as under way. */
const GIVEN_UP_MS = 900_000;

/** What happens to the questions of a thread, as the page is told. Ids are the page's own uuids. */
export type LiveEvent =
  | { readonly event: 'begun'; readonly questionId: string; readonly text: string; readonly askedMs: number }
  /** More of the answer; `from` is how many characters come before it, so that a repeated piece does no harm. */
  | { readonly event: 'text'; readonly questionId: string; readonly from: number; readonly text: string }
  | { readonly event: 'finished' | 'failed'; readonly questionId: string; readonly answer: AnswerView };

/** A question that is waiting for its answer, and what has been shown of it. */
export interface OpenQuestion {
  readonly question: Pick<Question, 'id' | 'personId' | 'threadId' | 'text' | 'atMs'>;
  readonly begun: boolean;
  readonly shown: string;
}

/** The web chat's side of the chat port. What lasts is in the database; this holds what is on its way. */
export interface LiveAnswers {
  readonly chat: Chat;
  /** Counts a question as under way before it is accepted. What it returns takes that back if nothing came of it. */
  expect(question: Question): () => void;
  /** What a person is waiting for, oldest first. */
  open(personId: string): readonly OpenQuestion[];
  /** Tells of what happens in a person's thread from now on; what it returns ends it. */
  watch(personId: string, threadId: string, tell: (event: LiveEvent) => void): () => void;
}

export function createLiveAnswers(deps: Pick<WebDeps, 'answers' | 'feedback' | 'now'>): LiveAnswers {
  const open = new Map<string, OpenQuestion & { begun: boolean; shown: string; sinceMs: number }>();
  const watchers = new Map<string, Set<(event: LiveEvent) => void>>();
  const threadKey = (personId: string, threadId: string) => `${personId} ${threadId}`;

  function tell({ personId, threadId }: Pick<Question, 'personId' | 'threadId'>, event: LiveEvent) {
    for (const watcher of watchers.get(threadKey(personId, threadId)) ?? []) watcher(event);
  }

  function add(question: Question, begun: boolean) {
    const entry = { question, begun, shown: '', sinceMs: deps.now() };
    open.set(question.id, entry);
    return entry;
  }

  async function end(question: Question, event: 'finished' | 'failed', answerId: string) {
    const stored = await deps.answers.find(answerId);
    if (!stored) throw new BackscrollError('internal', `The answer ${answerId} was to be shown before it was stored.`);
    const answer = await viewAnswer(stored.answer, question.personId, deps.feedback);
    open.delete(question.id);
    tell(question, { event, questionId: pageId(question.id), answer });
  }

  const chat: Chat = {
    platform: 'web',
    async begin(question) {
      // Whoever watches sees it start over in the same place.
      const entry = add(question, true);
      const questionId = pageId(question.id);
      tell(question, { event: 'begun', questionId, text: question.text, askedMs: question.atMs });
      return {
        append(text) {
          const from = entry.shown.length;
          entry.shown += text;
          tell(question, { event: 'text', questionId, from, text });
        },
        finish: (_answer, traceId) => end(question, 'finished', traceId),
        fail: (_sentence, traceId) => end(question, 'failed', traceId),
      };
    },
    // A page shows what the database holds, so an answer that is stored can be read.
    async isAnswered(questionId) {
      const parts = readQuestionId(questionId);
      if (!parts) return false;
      const thread = await deps.answers.thread('web', parts.personId, parts.threadId);
      return thread.some(({ question, answer }) => question.id === questionId && answer !== undefined);
    },
  };

  return {
    chat,
    expect(question) {
      if (open.has(question.id)) return () => {};
      const entry = add(question, false);
      return () => {
        if (open.get(question.id) === entry) open.delete(question.id);
      };
    },
    open(personId) {
      for (const [id, { sinceMs }] of open) if (deps.now() - sinceMs > GIVEN_UP_MS) open.delete(id);
      return [...open.values()].filter(({ question }) => question.personId === personId);
    },
    watch(personId, threadId, tellOne) {
      const key = threadKey(personId, threadId);
      const watching = watchers.get(key) ?? new Set();
      watchers.set(key, watching.add(tellOne));
      return () => {
        watching.delete(tellOne);
        if (watching.size === 0 && watchers.get(key) === watching) watchers.delete(key);
      };
    },
  };
}

function pageId(id: string): string {
  return readQuestionId(id)?.uuid ?? id;
}
