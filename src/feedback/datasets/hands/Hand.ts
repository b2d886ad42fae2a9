import type { AnswerRange } from '../../../store/preferenceRows.ts';
import type { Part } from '../gather/Part.ts';
import type { Written } from '../lines/createLines.ts';
import type { Line, Said } from '../lines/Line.ts';
import type { Format, Policy } from '../Policy.ts';

/** For whom a hand works: one dataset. */
export interface HandOrder {
  readonly policy: Policy;
  readonly format: Format;
  /** Its number among the hands of this dataset. */
  readonly by: number;
}

/** Lines in memory that is used again and again: a megabyte for each piece would keep the collector of garbage busy. */
export interface HeldLines extends Written {
  /** They were taken. */
  release(): void;
}

/** Memory for the lines of one piece, which is likely enough. */
export const PIECE_BYTES = 1 << 20;

/**
 * Does the parts of a dataset's making that can be done a piece at a time, in any thread: it reads, and writes nothing.
 * The parts of one hand build on one another and are to be joined in the order in which they were asked for.
 */
export interface Hand {
  /** What a range of the record may teach; undefined when there are texts that nobody looked at yet, which is not its to do. */
  gather(range: AnswerRange): Promise<Part | undefined>;
  /** Which of these pairs of texts are near-duplicates. */
  compare(pairs: readonly (readonly [Said, Said])[]): Promise<boolean[]>;
  /** Rows in words; undefined when words are not there any more. */
  write(lines: readonly Line[]): Promise<HeldLines | undefined>;
}
