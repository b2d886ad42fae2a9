import type { Message } from '../Message.ts';

/**
 * Decides which earlier message an unthreaded message answers.
 * An implementation owes: purity (the same message and window give the same answer, whatever came live, late or in
 * bulk), no look outside `before`, and linear time in the window.
 */
export interface Linker {
  /** Names the rule and its version; a change regroups everything. */
  readonly id: string;
  /** How many messages before a message it may look at, and how far back in microseconds. */
  readonly windowMessages: number;
  readonly windowUs: number;
  /**
   * @param message a message that is neither in a thread nor an explicit reply
   * @param before the unthreaded messages before it in its channel, oldest first, at most `windowMessages` and within `windowUs`
   * @returns the id of the message in `before` that it answers or goes on from, or undefined if it begins a conversation
   */
  antecedent(message: Message, before: readonly Message[]): string | undefined;
}
