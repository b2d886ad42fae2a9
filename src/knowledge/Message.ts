/**
 * A message as every platform hands it to us, already parsed and in our own markup:
 * Markdown, with people as `<@ID>` and channels as `<#ID>` (their names may change, so they are resolved when shown),
 * and links as `[label](url)` or bare URLs.
 */
export interface Message {
  /** The platform's id, unique in its channel: a Slack ts, a Discord snowflake. */
  readonly id: string;
  /** When it was said, in microseconds since 1970 (Slack's own resolution). Orders a channel, with `id` as tie-break. */
  readonly atUs: number;
  readonly personId: string;
  /** The id of the thread's root message; the root itself carries its own id once it has replies. */
  readonly threadId?: string;
  /** The id of the message that this one answers explicitly (a Discord reply). */
  readonly replyTo?: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly url?: string }[];
  readonly editedAtUs?: number;
  /** How many people confirmed it by a reaction (✅, 👍, 💯 …); `contradictions` the same for ❌, 👎. */
  readonly confirmations: number;
  readonly contradictions: number;
  readonly permalink?: string;
}
