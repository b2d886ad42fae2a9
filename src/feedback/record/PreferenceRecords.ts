import type { AnswerRange } from '../../store/preferenceRows.ts';
import type { Finding } from '../redact/Finding.ts';

/** What was found in a text when it was written; the text itself is somewhere else. */
export interface TextFacts {
  /** In o200k tokens. */
  readonly tokens: number;
  readonly findings: readonly Finding[];
}

export interface CheckedText extends TextFacts {
  readonly text: string;
}

/** Where words come from, for whoever decides what may be trained on. */
export interface Origin {
  /** `slack`, `discord`, `web`, `cli`, `local`, `import`. */
  readonly platform: string;
  readonly spaceId?: string;
  readonly channelId?: string;
  /** Who could read them there at this moment: all of a space, the members of something, one person. */
  readonly audience: 'everybody' | 'members' | 'person' | 'unknown';
  /** Somebody whose words these are has opted out. */
  readonly optedOut: boolean;
  /** The words are not there any more. */
  readonly gone?: true;
}

/** A passage: the version that was shown, or the text of an imported one. The same for the same words. */
export type PassageKey = `p${number}` | `i${number}`;

/** Among what was found are the secrets of its title, which goes out with it. */
export interface ServedFacts extends TextFacts {
  /** The number that the answer cites it under. */
  readonly n: number;
  readonly key: PassageKey;
  readonly url?: string;
  readonly from: Origin;
  /** Whose words they are, as the platform's ids. */
  readonly authors: readonly string[];
}

/** What one person says of the answer now. */
export interface CastBallot {
  readonly voter: string;
  readonly vote?: 'up' | 'down';
  readonly reason?: string;
  readonly confirmed: boolean;
  readonly resolved: boolean;
  readonly optedOut: boolean;
}

export interface CorrectionText extends CheckedText {
  readonly voter: string;
  readonly eventId: number;
  readonly atMs: number;
  readonly optedOut: boolean;
}

/**
 * One answer as it was served, and what people say of it, without the words of question, answer and passages: most of
 * what is decided needs none. The union of its provenance is `asked`, each passage's `from`, and the `optedOut` of ballots
 * and corrections.
 */
export interface PreferenceFacts {
  readonly answerId: string;
  readonly askedMs: number;
  readonly status: 'answered' | 'abstained' | 'failed';
  /** Its words were taken away; that it was given, and the votes, stay. */
  readonly erased: boolean;
  readonly question: TextFacts & { readonly isEmpty: boolean };
  /** Blank: nothing but white space. */
  readonly answer: TextFacts & { readonly isBlank: boolean };
  readonly asked: Origin;
  /** The fingerprints of question and answer as hex, where there are some. */
  readonly prints: { readonly question: string | undefined; readonly answer: string | undefined };
  /** By their numbers. One that was erased is there with `from.gone`. */
  readonly passages: readonly ServedFacts[];
  /** One a distinct person, by voter. */
  readonly ballots: readonly CastBallot[];
  /** Those that stand and have words, the newest last. */
  readonly corrections: readonly CorrectionText[];
  readonly served: {
    readonly origin: 'asked' | 'imported';
    readonly answerer: string;
    /** How much had been said before in the thread; those words are not kept. */
    readonly historyTurns: number;
    /** Of what was imported: whether the operator said that it may be trained on. */
    readonly mayTrain?: boolean;
  };
}

/** A text to be redacted: what stands in it, and where. */
export type FoundText = Pick<CheckedText, 'text' | 'findings'>;

/** What of an answer is wanted in words. */
export interface WantedWords {
  readonly answerId: string;
  /** Whether anything was found in its question or answer. */
  readonly hasFindings: boolean;
  readonly passages: readonly { readonly n: number; readonly key: PassageKey }[];
  /** Corrections. */
  readonly eventIds: readonly number[];
}

/** The words that the facts leave out. */
export interface AnswerWords {
  readonly question: FoundText;
  readonly answer: FoundText;
  /** By their numbers; one that was erased is missing. */
  readonly passages: readonly (FoundText & {
    readonly n: number;
    readonly title: FoundText;
    /** Whose people may be named in it; undefined for what was imported. */
    readonly spaceId?: string;
  })[];
  /** By event. */
  readonly corrections: ReadonlyMap<number, FoundText>;
}

/** Facts and words together. */
export interface PreferenceRecord {
  readonly facts: PreferenceFacts;
  readonly words: AnswerWords;
}

/**
 * What people said of answers, folded to the present, as it can be read in any thread.
 * An implementation owes: answers in the order of their ids, each in one range; a few hundred in a range, and no more in
 * memory.
 */
export interface PreferenceReadings {
  /** Undefined when a text around these answers was not looked at yet: see `prepared`. */
  within(range: AnswerRange): readonly PreferenceFacts[] | undefined;
  /** What these say, by the answers' ids; without those that are not there any more. A few hundred at once. */
  words(wanted: readonly WantedWords[]): Map<string, AnswerWords>;
  /** One of these texts by itself: the answer's, or that of a correction by its event. Undefined when it was erased. */
  text(answerId: string, eventId?: number): FoundText | undefined;
}

/** The same where the checks of texts can be kept: every text with what is found in it now. */
export interface PreferenceRecords extends PreferenceReadings {
  /** All that anybody said anything about; people who became known since texts were looked at are looked for first. */
  ranges(): Promise<readonly AnswerRange[]>;
  /** What nobody looked at yet is looked at first. */
  prepared(range: AnswerRange): Promise<readonly PreferenceFacts[]>;
  one(answerId: string): Promise<PreferenceRecord | undefined>;
}
