/**
 * A Discord message in our own words and markup. `knowledge` declares the same shape as its `Message`; it is repeated
 * here because `platforms` uses no sibling room. Whoever hands one to the other has the compiler compare them.
 */
export interface DiscordMessage {
  /** The snowflake, as digits. */
  readonly id: string;
  readonly atUs: number;
  readonly personId: string;
  /** The id of the thread or forum post, which is that of the message it began with. */
  readonly threadId?: string;
  readonly replyTo?: string;
  /** Markdown; people as `<@ID>`, channels as `<#ID>`. */
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly url?: string }[];
  readonly editedAtUs?: number;
  readonly confirmations: number;
  readonly contradictions: number;
  readonly permalink: string;
}

export interface DiscordPerson {
  readonly id: string;
  /** What they are called in the server, else what they call themselves. */
  readonly name: string;
  /** Their user name. */
  readonly handle: string;
  /** What they call themselves everywhere, where that is told. */
  readonly alsoCalled?: readonly string[];
  readonly isBot: boolean;
  readonly isGuest: false;
}

/** Why something that Discord calls a message is not one for us. */
export type SkipReason =
  | 'unreadable' // not an object, or without a usable id, time or author
  | 'notice' // joins, pins, calls, threads begun and whatever else Discord itself says
  | 'bot'
  | 'empty'; // a sticker, a poll, or nothing at all

export interface DiscordReading {
  readonly message: DiscordMessage | { readonly skipped: SkipReason };
  /** Who is named in it: the author, who is mentioned, who reacted. */
  readonly people: readonly DiscordPerson[];
}

/** What a raw message does not say about itself. */
export interface DiscordContext {
  /** `0` for direct conversations, as DiscordChatExporter has it. */
  readonly guildId: string;
  /** Where the message stands; a thread is a channel of its own. */
  readonly channelId: string;
  /** For a thread or forum post: what it is called. */
  readonly thread?: { readonly name: string };
  /** Take in what bots said; without it they are skipped. */
  readonly includeBots?: boolean;
}
