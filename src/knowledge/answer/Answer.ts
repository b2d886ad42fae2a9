export interface Citation {
  readonly n: number;
  readonly passageId: number;
  readonly title: string;
  readonly url: string;
  /** The words of the passage that the claim rests on, at most a few sentences, verbatim from the evidence's text. */
  readonly quote: string;
}

/** One sentence (or code block, list item, table) that has been checked and may be shown. Markdown with `[n]`. */
export interface ReleasedText {
  readonly text: string;
}

export type AnswerStatus = 'answered' | 'abstained' | 'failed';

/** A finished answer. `text` is the concatenation of what was released. */
export interface Answer {
  readonly status: AnswerStatus;
  readonly text: string;
  readonly citations: readonly Citation[];
  /** What the reader should know about how it came about: the search was words only, the model failed … */
  readonly notes: readonly AnswerNote[];
  readonly model?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

export type AnswerNote = 'words-only' | 'model-failed' | 'model-timeout' | 'model-uncited' | 'still-importing';

export interface Turn {
  readonly role: 'person' | 'bot';
  readonly text: string;
}

export interface AnswerRequest {
  readonly question: string;
  /** What was said before in this thread, oldest first. */
  readonly history: readonly Turn[];
  /** Best first. Empty when nothing was found. */
  readonly evidence: readonly Evidence[];
  /** ISO 639-1 code of the question's language. */
  readonly language: string;
  readonly notes: readonly AnswerNote[];
  readonly signal: AbortSignal;
}

import type { Evidence } from './Evidence.ts';

/**
 * Writes an answer from evidence.
 * An implementation owes: whatever it hands to `release` has been checked (citations only of given evidence, no link or
 * mention that is not in a cited passage's text) and never has to be taken back; it ends with an Answer and throws only
 * `cancelled`.
 */
export interface Answerer {
  answer(request: AnswerRequest, release: (piece: ReleasedText) => void): Promise<Answer>;
}
