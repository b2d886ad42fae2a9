import type { PassageKey } from '../record/PreferenceRecords.ts';
import type { Doubt } from './curate/opinionOf.ts';

/** The operator as a voter; others are the numbers behind. */
export const OPERATOR_VOTER = 0;

/** A question with its answer, for whoever puts it into words later. */
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

/** A text that may become a completion: whose it is, how long it is, and its fingerprint's number. */
export interface Completion {
  readonly of: Exchange;
  /** Of a correction, which it is; undefined for the answer. */
  readonly eventId: number | undefined;
  readonly tokens: number;
  readonly print: number;
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

/** An answer that people said something about, without anybody's words: these are read when it is known that they are wanted. */
export interface Rated extends Exchange {
  readonly context: Context;
  readonly askedMs: number;
  readonly promptTokens: number;
  /** The number of the question's fingerprint. */
  readonly question: number;
  readonly questionTokens: number;
  /** Undefined when the answer itself is no example (it found nothing). */
  readonly answer: Completion | undefined;
  readonly correction: (Completion & { readonly voter: number }) | undefined;
  readonly label: 'good' | 'bad' | undefined;
  readonly goodness: number;
  /** Voters by number: their names, a hundred thousand times, would be most of what is kept. */
  readonly up: readonly number[];
  readonly down: readonly number[];
}

/** An answer that a person has to look at. */
export interface Doubtful {
  readonly answerId: string;
  readonly askedMs: number;
  readonly doubt: Doubt | 'called good and bad';
  readonly up: number;
  readonly down: number;
}
