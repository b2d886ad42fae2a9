/** Something that people ask and nothing answers. */
export interface Gap {
  /** The question that stands for the others, as it was asked. */
  readonly question: string;
  /** What they have in common, in a few words. */
  readonly topic: string;
  /** Distinct people who asked. */
  readonly people: number;
  readonly questions: number;
  /** How many found no answer; the rest found one that people say is bad. */
  readonly unanswered: number;
  readonly lastAskedMs: number;
  readonly examples: readonly string[];
  /** The answers given, for `trace`. */
  readonly traceIds: readonly string[];
  /** Who wrote most of what comes near, by name; only from what the reader may read. */
  readonly mightKnow: readonly { readonly personId: string; readonly name: string }[];
}
