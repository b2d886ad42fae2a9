import { z } from 'zod';
import { showText, showTitle } from '../../knowledge/ask/showText.ts';
import type { Operation } from './Operation.ts';
import { readerOf } from './readerOf.ts';

export interface SearchResult {
  readonly results: readonly {
    readonly passageId: number;
    readonly documentId: number;
    readonly title: string;
    readonly url: string;
    readonly text: string;
    readonly score: number;
    readonly ranks: { readonly words?: number; readonly vectors?: number };
  }[];
  readonly wordsOnly?: string;
  readonly timings: Readonly<Record<string, number>>;
}

interface SearchArguments {
  query: string;
  limit: number;
  space?: string | undefined;
  as?: string | undefined;
}

export const searchOperation: Operation<SearchArguments, SearchResult> = {
  name: 'search',
  arguments: z.object({
    query: z.string(),
    limit: z.int().min(1).max(1000),
    space: z.string().optional(),
    as: z.string().optional(),
  }),
  async run(app, { query, limit, space, as }, { signal }) {
    const reader = await readerOf(app.store.spaces, { space, as });
    const { hits, wordsOnly, timingsMs } = await app.retrieve({ question: query, history: [], reader, limit, signal });
    return {
      results: hits.map(({ passage, score, words, vectors }) => ({
        passageId: passage.id,
        documentId: passage.documentId,
        title: showTitle(passage, app.store.names),
        url: passage.url,
        text: showText(passage, app.store.names),
        score,
        ranks: { ...(words ? { words: words.rank } : {}), ...(vectors ? { vectors: vectors.rank } : {}) },
      })),
      ...(wordsOnly ? { wordsOnly } : {}),
      timings: timingsMs,
    };
  },
};
