import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Trace } from '../../knowledge/ask/Ask.ts';
import { showText, showTitle } from '../../knowledge/ask/showText.ts';
import type { Operation } from './Operation.ts';

export interface TraceResult {
  readonly traceId: string;
  readonly askedAt: string;
  readonly platform: string;
  readonly question: string;
  readonly status: string;
  readonly answer: string;
  /** True when the answer's words were taken away because something it rested on was. */
  readonly erased: boolean;
  readonly trace: Trace | undefined;
  readonly passages: readonly {
    readonly passageId: number;
    readonly n?: number;
    readonly cited: boolean;
    readonly score: number;
    readonly words?: { readonly rank: number; readonly score: number };
    readonly vectors?: { readonly rank: number; readonly distance: number };
    /** Undefined when it is not there any more. */
    readonly title?: string;
    readonly url?: string;
    readonly text?: string;
  }[];
}

/** Why an answer is what it is. The passages are shown as the versions that the answer was made from. */
export const traceOperation: Operation<{ id: string }, TraceResult> = {
  name: 'trace',
  arguments: z.object({ id: z.string() }),
  async run(app, { id }) {
    const found = await app.store.answers.find(id);
    if (!found) {
      throw new BackscrollError(
        'not-found',
        `There is no trace "${id}". An answer says its id; old ones are not kept.`,
      );
    }
    const { question, answer } = found;
    // Our own JSON, written by createAsk.
    const trace = found.trace === undefined || found.trace === '{}' ? undefined : (JSON.parse(found.trace) as Trace);
    const cited = new Set(answer.citations.map(({ passageId }) => passageId));
    const kept = app.store.passages.versions(trace?.passages.map(({ passageId }) => passageId) ?? []);
    const byId = new Map(kept.map((passage) => [passage.id, passage]));
    return {
      traceId: id,
      askedAt: new Date(question.askedMs).toISOString(),
      platform: question.platform,
      question: question.text,
      status: answer.status,
      answer: answer.text,
      erased: answer.erased,
      trace,
      passages: (trace?.passages ?? []).map(({ passageId, n, score, words, vectors }) => {
        const passage = byId.get(passageId);
        return {
          passageId,
          ...(n === undefined ? {} : { n }),
          cited: cited.has(passageId),
          score,
          ...(words ? { words } : {}),
          ...(vectors ? { vectors } : {}),
          ...(passage
            ? {
                title: showTitle(passage, app.store.names),
                url: passage.url,
                text: showText(passage, app.store.names),
              }
            : {}),
        };
      }),
    };
  },
};
