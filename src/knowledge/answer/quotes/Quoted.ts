import type { Asked } from '../asked.ts';
import type { Evidence } from '../Evidence.ts';
import type { Unit } from '../markdown/units.ts';
import type { ExpectedForm } from './expected.ts';

/** What quotes are looked for. */
export interface Sought {
  readonly asked: readonly Asked[];
  /** ISO 639-1 of the question, or `und`. */
  readonly language: string;
  readonly form: ExpectedForm | undefined;
}

/** What one person said, or what stands in a page, of a quote. */
export interface QuotedPart {
  readonly who?: string;
  readonly units: readonly Unit[];
  /** True if its last unit goes on in the passage. */
  readonly isCut: boolean;
}

/** The part of a passage that answers best. */
export interface Excerpt {
  /** One, or several consecutive turns of a conversation. */
  readonly parts: readonly QuotedPart[];
  /** The words that the citation rests on, as they stand in the passage. */
  readonly verbatim: string;
  /** How well it answers, 0 to 1.2: what it says itself and what it is said about. */
  readonly fit: number;
  /** What it says, and together with that what it is about: headings above, the question that it replies to. */
  readonly words: ReadonlySet<string>;
  readonly about: ReadonlySet<string>;
}

export interface Quotable extends Excerpt {
  readonly evidence: Evidence;
  /** Its fit, weighed by how good the passage is among those that were found. */
  readonly worth: number;
}
