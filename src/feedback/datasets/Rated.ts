import type { Doubt, Opinion } from './curate/opinionOf.ts';
import type { Span } from './folder/createSpool.ts';

/** A text that may become a completion: where it lies, how long it is, and its fingerprint's number. */
export interface Completion {
  readonly span: Span;
  readonly tokens: number;
  readonly print: number;
}

/** Which passages an answer rests on, as numbers with their tokens, in order. Equal keys are equal contexts. */
export interface Context {
  readonly key: string;
  readonly passages: readonly { readonly id: number; readonly tokens: number }[];
}

/** An answer that people said something about, without anybody's words. */
export interface Rated {
  readonly answerId: string;
  readonly askedMs: number;
  /** The prompt as JSON: its beginning, which it shares with others, and what the user says. */
  readonly prompt: { readonly opened: Buffer; readonly user: Span };
  readonly promptTokens: number;
  /** The number of the question's fingerprint. */
  readonly question: number;
  readonly questionTokens: number;
  readonly context: Context;
  /** Undefined when the answer itself is no example (it found nothing). */
  readonly answer?: Completion;
  readonly correction?: Completion & { readonly voter: string };
  readonly opinion: Pick<Opinion, 'label' | 'goodness'> & {
    readonly up: readonly string[];
    readonly down: readonly string[];
  };
}

/** An answer that a person has to look at. */
export interface Doubtful {
  readonly answerId: string;
  readonly askedMs: number;
  readonly doubt: Doubt | 'called good and bad';
  readonly up: number;
  readonly down: number;
}
