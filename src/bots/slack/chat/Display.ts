import type { Rendering } from '../render/renderAnswer.ts';
import type { Settled } from './createSender.ts';

/** An answer on its way in one place: how it is shown until it is finished. */
export interface Display {
  /** What is to be seen by now, from its beginning. Returns at once; how much of it is shown is the display's business. */
  show(markdown: string): void;
  /** Shows the finished answer in place of it all. @returns the ts of its posts */
  settle(rendering: Rendering, mark: Settled): Promise<string[]>;
  /** The posts there are by now. Nothing is added any more. */
  leave(): Promise<readonly string[]>;
  /** Resolves when everything that was handed over and can be shown is shown. */
  idle(): Promise<void>;
}
