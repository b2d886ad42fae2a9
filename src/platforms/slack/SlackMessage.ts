/**
 * A Slack message in our own words and markup. `knowledge` declares the same shape as its `Message`; it is repeated here
 * because `platforms` uses no sibling room. Whoever hands one to the other (`sync`, `bots`) has the compiler compare them.
 */
export interface SlackMessage {
  /** The ts, with six digits after the point: `1433569612.000010`. */
  readonly id: string;
  readonly atUs: number;
  readonly personId: string;
  readonly threadId?: string;
  /** Markdown; people as `<@U…>`, channels as `<#C…>`. */
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly url?: string }[];
  readonly editedAtUs?: number;
  readonly confirmations: number;
  readonly contradictions: number;
  readonly permalink?: string;
}

/** Why something that Slack calls a message is not one for us. */
export type SkipReason =
  | 'unreadable' // not an object, or without a usable ts
  | 'notice' // joins, topics, pins and whatever else Slack itself says
  | 'bot'
  | 'hidden'
  | 'deleted'
  | 'empty';

/**
 * What became of one raw message. `deleted` carries the message as it is now: without text or files. Storing that in
 * place of what was said before is how a deletion reaches the words.
 */
export type SlackReading = SlackMessage | { readonly skipped: SkipReason; readonly emptied?: SlackMessage };

/** What a raw message does not say about itself. */
export interface SlackContext {
  readonly channelId: string;
  readonly teamId?: string;
  /** `acme` of `acme.slack.com` (`acme.enterprise` on an Enterprise Grid). */
  readonly domain?: string;
  /** Whether an id is a bot's; undefined where that is not known. */
  readonly isBot?: (personId: string) => boolean | undefined;
  /** Take in what bots said; without it they are skipped. */
  readonly includeBots?: boolean;
}
