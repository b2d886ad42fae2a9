import type { PassageKey } from '../record/PreferenceRecords.ts';
import type { Doubt } from './curate/opinionOf.ts';

/** The operator as a voter; others are the numbers behind. */
export const OPERATOR_VOTER = 0;

/** A question with its answer, for whoever puts it into words. */
export interface Exchange {
  readonly answerId: string;
  /** Whose people may be named in it. */
  readonly spaceId: string | undefined;
  /** Put without its passages, which are not allowed. */
  readonly bare: boolean;
  /** Whether anything was found in question or answer that has to go. */
  readonly hasFindings: boolean;
  readonly context: Shown;
}

/** Which passages an answer rests on, in order. Equal keys are equal contexts, also where their passages are kept out. */
interface Shown {
  readonly key: string;
  readonly passages: readonly { readonly n: number; readonly key: PassageKey }[];
}

/** The same, for curating. */
export interface Context extends Shown {
  readonly passages: readonly {
    /** A small number of its own. */
    readonly id: number;
    readonly n: number;
    readonly key: PassageKey;
    readonly tokens: number;
  }[];
}

/** A text that may become a completion, of one of the answers: that itself, or what somebody says it should have been. */
export type Completion = number;
export const NO_COMPLETION: Completion = -1;

/**
 * Answers that people said something about, by number, in the order of the record and without anybody's words: these are
 * read when it is known that they are wanted.
 */
export interface Rated {
  readonly count: number;
  readonly answerId: (answer: number) => string;
  readonly askedMs: (answer: number) => number;
  readonly context: (answer: number) => Context;
  /** All passages' numbers are below. */
  readonly passageCount: () => number;
  readonly exchange: (answer: number) => Exchange;
  /** The number of the question's fingerprint. */
  readonly question: (answer: number) => number;
  readonly questionTokens: (answer: number) => number;
  readonly promptTokens: (answer: number) => number;
  readonly label: (answer: number) => 'good' | 'bad' | undefined;
  readonly goodness: (answer: number) => number;
  /** Voters by number, for it and against it. */
  readonly up: (answer: number) => number[];
  readonly down: (answer: number) => number[];
  /** `NO_COMPLETION` when the answer itself is no example (it found nothing). */
  readonly answer: (answer: number) => Completion;
  readonly correction: (answer: number) => Completion;
  readonly corrector: (answer: number) => number;
  /** Of a completion: the answer that it belongs to. */
  readonly of: (completion: Completion) => number;
  readonly tokens: (completion: Completion) => number;
  /** The number of its fingerprint. */
  readonly print: (completion: Completion) => number;
  /** Of a correction; undefined for an answer. */
  readonly eventId: (completion: Completion) => number | undefined;
}

/** An answer that a person has to look at. */
export interface Doubtful {
  readonly answerId: string;
  readonly askedMs: number;
  readonly doubt: Doubt | 'called good and bad';
  readonly up: number;
  readonly down: number;
}
