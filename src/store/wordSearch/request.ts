/** What a reader thread is asked, and what it answers. */
export type WordRequest =
  | {
      readonly kind: 'search';
      /** An FTS5 expression over the columns title and body. */
      readonly match: string;
      readonly audiences: readonly number[];
      readonly titleWeight: number;
      readonly limit: number;
    }
  | { readonly kind: 'counts'; readonly tokens: readonly string[] };

export interface WordHit {
  /** The passage's id. */
  readonly id: number;
  /** BM25, higher is better (FTS5's own is negative). */
  readonly score: number;
}

export type WordReply =
  | { readonly kind: 'hits'; readonly hits: WordHit[] }
  | { readonly kind: 'counts'; readonly counts: readonly number[]; readonly passages: number }
  | { readonly kind: 'error'; readonly message: string };
