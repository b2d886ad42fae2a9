/** What became of the lines of a file of votes. */
export interface VoteImportReport {
  readonly lines: number;
  /** Votes and corrections that are new; the rest of the lines was known, or is in `skipped`. */
  readonly events: number;
  /** New ones, and those that had lost their words with their space. */
  readonly answers: number;
  readonly known: number;
  /** Lines that are votes and were taken in, or known; of these, how many are on answers that came with leave to train. */
  readonly votes: number;
  readonly mayTrain: number;
  readonly skipped: readonly { readonly why: string; readonly line: number; readonly count: number }[];
}

export interface VoteImportOrder {
  readonly path: string;
  readonly spaceId: string;
  /** Gives leave to train on the answers in it; otherwise the leave that an earlier import gave holds … */
  readonly allowTraining: boolean;
  /** … unless it is taken back. */
  readonly withdrawTraining?: boolean;
}

export interface VoteImportProgress {
  readonly phase: 'votes';
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes';
}

/**
 * Takes votes from elsewhere in, with the rules that ours have. A line that is not what it should be is left out and said
 * with its number, as is one of somebody who asked to be forgotten; running it again adds nothing, and the order of the
 * lines does not matter. The same question, answer and passages are one answer, whoever votes.
 * BackscrollError `input` when no line is a vote, `usage` for a file that cannot be read.
 */
export type VoteImport = (
  order: VoteImportOrder,
  signal: AbortSignal,
  report?: (progress: VoteImportProgress) => void,
) => Promise<VoteImportReport>;
