import type { RenderedMessage } from '../render/renderAnswer.ts';

/** A message of ours on Discord. */
export interface Placed {
  readonly channelId: string;
  readonly messageId: string;
}

/** Where one answer is shown: messages in a channel, or what an interaction is answered with. */
export interface Surface {
  /**
   * Makes part `part` of the answer show this, in the post that it has or in a new one; once, however Discord fails
   * meanwhile. Waits out whatever Discord suffers from; rejects when it refuses, or when it is stopped.
   */
  write(part: number, message: RenderedMessage): Promise<Placed>;
  /** Shows the first part as it is by now; false when there is no room for it at this moment. Never rejects. */
  tryShow(message: RenderedMessage): Promise<boolean>;
  /** Takes away what was posted beyond these many parts. */
  trim(parts: number): Promise<void>;
  placed(): readonly Placed[];
}
