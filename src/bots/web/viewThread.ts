import type { AnswerRecord } from '../../store/answers.ts';
import type { LiveAnswers } from './liveAnswers.ts';
import { readQuestionId } from './questionId.ts';
import { readerOfAll } from './reader.ts';
import { type QuestionView, viewAnswer } from './views.ts';
import type { WebDeps } from './WebDeps.ts';

/** A person's thread as it stands: what the database holds, and what is on its way. Empty when there is none. */
export type ViewThread = (personId: string, threadId: string) => Promise<QuestionView[]>;

export function createViewThread(
  deps: Pick<WebDeps, 'answers' | 'feedback' | 'spaces' | 'audiences' | 'passages'> & { readonly live: LiveAnswers },
): ViewThread {
  return async (personId, threadId) => {
    const views = new Map<string, QuestionView>();
    const audienceIds = deps.audiences(await readerOfAll(deps)).map(({ id }) => id);
    for (const { question, answer } of await deps.answers.thread('web', personId, threadId)) {
      const { id, text, askedMs } = question;
      views.set(id, {
        id: readQuestionId(id)?.uuid ?? id,
        text,
        askedMs,
        ...(answer ? { answer: await viewAnswer(open(answer, audienceIds), personId, deps.feedback) } : {}),
      });
    }
    for (const { question, begun, shown } of deps.live.open(personId)) {
      if (question.threadId !== threadId) continue;
      const stored = views.get(question.id);
      if (stored?.answer) continue;
      const id = readQuestionId(question.id)?.uuid ?? question.id;
      views.set(question.id, { id, text: question.text, askedMs: question.atMs, ...(begun ? { shown } : {}) });
    }
    return [...views.values()];
  };

  /** What it rests on may have been closed since (a channel made private): then its words are as closed. */
  function open(answer: AnswerRecord, audienceIds: readonly number[]): AnswerRecord {
    const passageIds = answer.citations.map(({ passageId }) => passageId);
    if (!deps.passages.anyClosed(passageIds, audienceIds)) return answer;
    return { ...answer, text: '', citations: [], erased: true };
  }
}
