import type { PassageRecord } from '../../store/passages.ts';
import type { Turn } from '../answer/Answer.ts';
import type { Reader } from '../Reader.ts';

export interface Hit {
  readonly passage: PassageRecord;
  /** 0 to 1, after fusing and weighing. */
  readonly score: number;
  /** Where each way of searching put it, from 1, and what it gave: BM25 (higher is better), cosine distance (lower is). */
  readonly words?: { readonly rank: number; readonly score: number };
  readonly vectors?: { readonly rank: number; readonly distance: number };
  /** Passages that say nearly the same and were folded into this one. */
  readonly alsoIn: readonly number[];
}

export interface Retrieval {
  readonly hits: readonly Hit[];
  /** What was looked for, as far as it can be found at all. */
  readonly terms: readonly string[];
  readonly language: string;
  /** True when the vectors could not be asked, and why. */
  readonly wordsOnly?: string;
  /** How many audiences the reader stands for, and how many suggestions the database refused. */
  readonly audiences: number;
  readonly refused: number;
  readonly timingsMs: { readonly words: number; readonly vectors: number; readonly check: number };
}

export interface RetrieveRequest {
  readonly question: string;
  readonly history: readonly Turn[];
  readonly reader: Reader;
  readonly limit: number;
  /** Only what belongs to this source. */
  readonly sourceId?: number;
  /** Ways of searching to use; both unless told otherwise (a measurement). */
  readonly ways?: readonly ('words' | 'vectors')[];
  readonly signal: AbortSignal;
}

/**
 * Finds the passages that a reader may use for a question, best first. There is no call that searches all: what the
 * reader may not read is neither searched nor returned, whatever the indexes hold.
 */
export type Retrieve = (request: RetrieveRequest) => Promise<Retrieval>;
