import type { Finding } from '../redact/Finding.ts';

/** A text with what was found in it when it was written. */
export interface CheckedText {
  readonly text: string;
  /** In o200k tokens. */
  readonly tokens: number;
  readonly findings: readonly Finding[];
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

export interface ServedPassage extends CheckedText {
  /** The number that the answer cites it under. */
  readonly n: number;
  /** The version that was shown; missing for what was imported. */
  readonly passageId?: number;
  readonly url?: string;
  readonly title: string;
  readonly from: Origin;
  /** Whose words they are, as the platform's ids. */
  readonly authors: readonly string[];
}

/** What one person says of the answer now. */
export interface CastBallot {
  readonly voter: string;
  readonly vote?: 'up' | 'down';
  readonly reason?: string;
  readonly votedMs?: number;
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
 * One answer, exactly as it was served, and what people say of it. The union of its provenance is `asked`, each passage's
 * `from`, and the `optedOut` of ballots and corrections.
 */
export interface PreferenceRecord {
  readonly answerId: string;
  readonly questionId: string;
  readonly askedMs: number;
  readonly status: 'answered' | 'abstained' | 'failed';
  /** Its words were taken away; that it was given, and the votes, stay. */
  readonly erased: boolean;
  readonly question: CheckedText;
  readonly answer: CheckedText;
  readonly asked: Origin;
  /** The fingerprints of question and answer as hex; empty when there is none yet. */
  readonly prints?: { readonly question: string; readonly answer: string };
  /** By their numbers. One that was erased is there with `from.gone` and no text. */
  readonly passages: readonly ServedPassage[];
  /** One a distinct person, by voter. */
  readonly ballots: readonly CastBallot[];
  /** Those that stand and have words, the newest last. */
  readonly corrections: readonly CorrectionText[];
  readonly served: {
    readonly origin: 'asked' | 'imported';
    readonly answerer: string;
    readonly model?: string;
    readonly promptVersion?: string;
    readonly settingsHash?: string;
    readonly cost?: number;
    /** How much had been said before in the thread; those words are not kept. */
    readonly historyTurns: number;
    /** Of what was imported: whether the operator said that it may be trained on. */
    readonly mayTrain?: boolean;
  };
}

/**
 * What people said of answers, folded to the present.
 * An implementation owes: answers in the order of their ids, each once; a few hundred at a time, and no more in memory; every text
 * with the findings of its check (made when it was written, or before it is handed out).
 */
export interface PreferenceRecords {
  read(): AsyncIterable<readonly PreferenceRecord[]>;
  one(answerId: string): Promise<PreferenceRecord | undefined>;
}
