import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Operation } from './Operation.ts';
import { readerOf } from './readerOf.ts';

const DAY_MS = 86_400_000;

export interface AskResult {
  readonly status: 'answered' | 'abstained' | 'failed';
  readonly answer: string;
  readonly citations: readonly {
    readonly n: number;
    readonly title: string;
    readonly url: string;
    readonly quote: string;
  }[];
  /** What to know about how it came about, by code (`words-only`); the answer says it too. */
  readonly notes: readonly string[];
  readonly traceId: string;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Answers on the command line. What it was asked and answered is kept as on any platform, so that it can be traced. */
export const askOperation: Operation<
  { question: string; space?: string | undefined; as?: string | undefined },
  AskResult
> = {
  name: 'ask',
  arguments: z.object({ question: z.string(), space: z.string().optional(), as: z.string().optional() }),
  async run(app, { question, space, as }, { signal, progress }) {
    const reader = await readerOf(app.store.spaces, { space, as });
    const { answer, trace } = await app.ask({
      question,
      history: [],
      reader,
      signal,
      release: ({ text }) => progress({ kind: 'text', text }),
    });
    const traceId = randomUUID();
    await app.store.answers.putQuestion({
      id: `cli-${traceId}`,
      platform: 'cli',
      ...(reader.kind === 'everybody' ? {} : { spaceId: reader.space }),
      channelId: 'cli',
      threadId: traceId,
      personId: 'cli',
      text: question.slice(0, app.config.answers.questionCharacters),
      askedMs: app.now(),
    });
    const { status, text, citations, notes } = answer;
    await app.store.answers.put(
      { id: traceId, questionId: `cli-${traceId}`, status, text, notes, citations, answeredMs: app.now() },
      {
        body: JSON.stringify(trace),
        passageIds: trace.passages.map(({ passageId }) => passageId),
        keptUntilMs: app.now() + app.config.answers.keepTracesDays * DAY_MS,
      },
    );
    return {
      status,
      answer: text,
      citations: citations.map(({ n, title, url, quote }) => ({ n, title, url, quote })),
      notes,
      traceId,
      timings: trace.timings,
    };
  },
};
