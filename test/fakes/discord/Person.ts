import type { FakeMessage, Interaction, Json } from './State.ts';

export interface Spot {
  readonly channelId: string;
  readonly id: string;
}

export interface SayOptions {
  /** The id of the message that it answers. */
  readonly replyTo?: string;
  /** A reply without a ping of its author. */
  readonly withoutPing?: boolean;
  readonly files?: readonly { readonly name: string; readonly text: string }[];
  readonly embeds?: readonly Json[];
}

export interface ThreadOptions {
  /** A private thread; public without it. */
  readonly isPrivate?: boolean;
  /** The id of the message that it hangs on. */
  readonly from?: string;
  readonly members?: readonly string[];
}

/** A person at the keyboard. What they could not do in Discord throws. */
export interface Person {
  readonly id: string;
  /** Says it as the wire has it: `<@ID>` for a person. `channelId`: an id, or `dm` for the one with the app. */
  says(channelId: string, text: string, options?: SayOptions): FakeMessage;
  edits(message: Spot, text: string): void;
  deletes(message: Spot): void;
  /** A moderator's sweep: one MESSAGE_DELETE_BULK. */
  deletesMany(channelId: string, ids: readonly string[]): void;
  /** `👍`, `👍🏽`, or `name:id`. */
  reacts(message: Spot, emoji: string): void;
  unreacts(message: Spot, emoji: string): void;
  pins(message: Spot): void;
  types(channelId: string): void;

  /** Begins a thread in a text channel; returns its id. */
  opensThread(channelId: string, name: string, options?: ThreadOptions): string;
  /** Begins a post in a forum or media channel; returns the id of the thread (and of its first message). */
  posts(forumId: string, title: string, text: string, tagIds?: readonly string[]): string;
  archives(threadId: string, isArchived?: boolean): void;
  joins(threadId: string): void;
  leaves(threadId: string): void;

  // Interactions: each returns at once; `await it.answered` for the app's answer (or its silence of 3 seconds).
  /** Runs a registered slash command; `backscroll status` for a subcommand. Options by name. */
  runs(command: string, options?: Readonly<Record<string, Json>>, channelId?: string): Interaction;
  /** Types into an option; the app should offer choices. `options`: what is already filled in. */
  completes(
    command: string,
    focused: string,
    typed: string,
    channelId?: string,
    options?: Readonly<Record<string, Json>>,
  ): Interaction;
  /** Chooses a command in a message's context menu. */
  usesMenu(command: string, message: Spot): Interaction;
  /** Presses the button whose custom id, or label, that is (custom ids may be given by their beginning, with a `*`). */
  presses(message: Spot, button: string): Interaction;
  selects(message: Spot, customId: string, values: readonly string[]): Interaction;
  /** Submits the modal that an interaction opened, with what was typed, by custom id. */
  submits(opened: Interaction, values?: Readonly<Record<string, string>>): Interaction;
}
