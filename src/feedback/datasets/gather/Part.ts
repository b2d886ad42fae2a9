import type { FingerprintKind } from '../../../store/fingerprints.ts';
import type { PassageKey } from '../../record/PreferenceRecords.ts';
import type { Doubtful } from '../Rated.ts';
import type { Reason } from '../reasons.ts';

/**
 * What a range of answers may teach, as columns: numbers and bytes are handed from one thread to another without being
 * copied.
 */
export interface Part {
  /** Answers that people said something about. */
  readonly seen: number;
  /** Why others teach nothing. */
  readonly drops: readonly (readonly [Reason, number])[];
  readonly doubtful: readonly Doubtful[];
  /** Fingerprints that had to be made: to be stored. */
  readonly made: readonly MadePrint[];
  /** Which hand gathered it: what it met before, in earlier parts, is known by its number. */
  readonly by: number;
  /** Met here for the first time by this hand, and numbered on in this order. */
  readonly met: {
    readonly voters: readonly string[];
    readonly spaces: readonly string[];
    readonly contexts: readonly MetContext[];
  };
  /** Those that may teach. */
  readonly answerIds: readonly string[];
  /** For each of these `FIELD_COUNT` numbers. */
  readonly numbers: Float64Array;
  /** Their voters, one answer after the other: first those for it, then those against. */
  readonly voters: Uint32Array;
  /** Their fingerprints, one answer after the other: of the question, then of the answer and the correction, where these are. */
  readonly prints: Uint8Array;
}

export interface MetContext {
  readonly key: string;
  readonly passages: readonly { readonly n: number; readonly key: PassageKey; readonly tokens: number }[];
}

export interface MadePrint {
  readonly kind: FingerprintKind;
  readonly key: string;
  readonly print: Uint8Array;
}

/** Where a number stands among those of its answer. */
export const FIELD = {
  ...{ flags: 0, askedMs: 1, space: 2, context: 3, questionTokens: 4, promptTokens: 5, answerTokens: 6, goodness: 7 },
  ...{ up: 8, down: 9, correctionEvent: 10, correctionVoter: 11, correctionTokens: 12 },
} as const;
export const FIELD_COUNT = Object.keys(FIELD).length;

export const FLAG = { bare: 1, hasFindings: 2, good: 4, bad: 8, answer: 16, correction: 32 } as const;
/** Of a space: there is none. */
export const NO_SPACE = -1;
