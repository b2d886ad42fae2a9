import type { Doubt, Opinion } from './curate/opinionOf.ts';

/** A question with its answer, for whoever puts it into words later. */
export interface Exchange {
  readonly answerId: string;
  /** Whose people may be named in it. */
  readonly spaceId: string | undefined;
  /** Put without its passages, which are not allowed. */
  readonly bare: boolean;
}

/** A text that may become a completion: whose it is, how long it is, and its fingerprint's number. */
export interface Completion {
  readonly of: Exchange;
  /** Of a correction, which it is; undefined for the answer. */
  readonly eventId: number | undefined;
  readonly tokens: number;
  readonly print: number;
}

/** Which passages an answer rests on, as numbers with their tokens, in order. Equal keys are equal contexts. */
export interface Context {
  readonly key: string;
  readonly passages: readonly { readonly id: number; readonly tokens: number }[];
}

/** An answer that people said something about, without anybody's words: these are read when it is known that they are wanted. */
export interface Rated extends Exchange {
  readonly askedMs: number;
  readonly promptTokens: number;
  /** The number of the question's fingerprint. */
  readonly question: number;
  readonly questionTokens: number;
  readonly context: Context;
  /** Undefined when the answer itself is no example (it found nothing). */
  readonly answer: Completion | undefined;
  readonly correction: (Completion & { readonly voter: string }) | undefined;
  readonly opinion: Pick<Opinion, 'label' | 'goodness' | 'up' | 'down'>;
}

/** An answer that a person has to look at. */
export interface Doubtful {
  readonly answerId: string;
  readonly askedMs: number;
  readonly doubt: Doubt | 'called good and bad';
  readonly up: number;
  readonly down: number;
}
