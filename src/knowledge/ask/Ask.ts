import type { Answer, ReleasedText, Turn } from '../answer/Answer.ts';
import type { Reader } from '../Reader.ts';
import type { Hit } from '../retrieve/Retrieve.ts';

export interface AskRequest {
  readonly question: string;
  readonly history: readonly Turn[];
  readonly reader: Reader;
  /** One source that it is to be answered from; the reader's audiences still decide. */
  readonly sourceId?: number;
  readonly signal: AbortSignal;
  /** Called with text that has been checked, in order. */
  readonly release?: (piece: ReleasedText) => void;
}

/**
 * Everything that led to an answer, without anybody's words: passages are pointed at by id and version, so that what is
 * erased is erased here too.
 */
export interface Trace {
  readonly language: string;
  readonly reader: Reader;
  readonly audiences: number;
  readonly refused: number;
  readonly embedder: string;
  readonly wordsOnly?: string;
  readonly passages: readonly {
    readonly passageId: number;
    readonly documentId: number;
    readonly version: number;
    readonly score: number;
    readonly words?: Hit['words'];
    readonly vectors?: Hit['vectors'];
    /** The number under which it was offered to the answer. */
    readonly n?: number;
  }[];
  readonly answerer: 'quotes' | 'model' | 'none';
  readonly model?: string;
  readonly promptVersion?: string;
  /** Names the settings that it was made under. */
  readonly settings?: string;
  /** How much had been said before, and a hash of it: the words are others'. */
  readonly history?: { readonly turns: number; readonly hash: string };
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cost?: number;
  readonly status: Answer['status'];
  readonly notes: readonly string[];
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<'words' | 'vectors' | 'check' | 'answer' | 'total', number>>;
}

/** Answers a question for a reader. It never throws but for `cancelled`: what fails becomes an answer that says so. */
export type Ask = (request: AskRequest) => Promise<{ answer: Answer; trace: Trace }>;
