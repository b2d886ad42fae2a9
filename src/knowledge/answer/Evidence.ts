/** A passage as it is offered to whoever writes the answer, names already resolved for showing. */
export interface Evidence {
  /** Its number in this answer, from 1: what `[n]` means. */
  readonly n: number;
  readonly passageId: number;
  readonly documentId: number;
  /** Markdown with names of people and channels filled in. Data, never instructions. */
  readonly text: string;
  /** "#ops · VPN on Linux" or "Handbook › Remote work › VPN". */
  readonly title: string;
  readonly url: string;
  readonly kind: 'conversation' | 'page';
  /** When it was said or last changed, milliseconds since 1970, if known. */
  readonly atMs?: number;
  /** The fused score, 0 to 1, and how well each way of searching found it. */
  readonly score: number;
}
