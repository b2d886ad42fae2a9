import { z } from 'zod';
import type { Reader } from '../../knowledge/Reader.ts';
import type { FoundAnswer } from './ownAnswer.ts';
import type { ViewPassage } from './viewPassage.ts';

// What the page needs of a trace; one of an older version may lack some of it.
const traceSchema = z.looseObject({
  passages: z
    .array(
      z.looseObject({
        passageId: z.number(),
        score: z.number(),
        n: z.number().optional(),
        words: z.object({ rank: z.number(), score: z.number() }).optional(),
        vectors: z.object({ rank: z.number(), distance: z.number() }).optional(),
      }),
    )
    .catch([]),
  timings: z.record(z.string(), z.number()).catch({}),
});

export interface TracedPassage {
  readonly passageId: number;
  /** Missing when the reader may not read it now, or it is gone. */
  readonly title?: string;
  readonly url?: string;
  readonly score: number;
  /** The number under which it was offered to the answer. */
  readonly n?: number | undefined;
  readonly cited: boolean;
  readonly words?: { readonly rank: number; readonly score: number } | undefined;
  readonly vectors?: { readonly rank: number; readonly distance: number } | undefined;
}

/** Why an answer is what it is. */
export interface TraceView {
  readonly id: string;
  readonly question: string;
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly status: string;
  readonly passages: readonly TracedPassage[];
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
  /** As it was stored; missing when it was kept long enough, or erased. */
  readonly trace?: Readonly<Record<string, unknown>>;
}

/** @param viewPassage decides anew which of the passages the reader may see the titles of */
export function viewTrace(found: FoundAnswer, viewPassage: ViewPassage, reader: Reader): TraceView {
  const { question, answer } = found;
  const trace = found.trace === undefined ? undefined : readTrace(found.trace);
  const cited = new Set(answer.citations.map(({ passageId }) => passageId));
  return {
    id: answer.id,
    question: question.text,
    askedMs: question.askedMs,
    answeredMs: answer.answeredMs,
    status: answer.status,
    passages: (trace?.passages ?? []).map(({ passageId, score, n, words, vectors }) => {
      const view = viewPassage(passageId, reader);
      return {
        passageId,
        ...(view ? { title: view.title, url: view.url } : {}),
        score,
        n,
        cited: cited.has(passageId),
        words,
        vectors,
      };
    }),
    timings: trace?.timings ?? {},
    ...(trace ? { trace } : {}),
  };
}

function readTrace(body: string) {
  try {
    return traceSchema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
