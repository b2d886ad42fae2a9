import { GatewayIntentBits as Intent } from 'discord.js';

/** What is needed for everything that works without reading along. */
const ALWAYS =
  Intent.Guilds |
  Intent.GuildMessages |
  Intent.GuildMessageReactions |
  Intent.DirectMessages |
  Intent.DirectMessageReactions;

/**
 * The fewest intents. The content of messages is privileged: it is asked for when it is wanted and the portal allows
 * it; where Discord does not tell, it is tried.
 * @param isRefused Discord closed the connection because of an intent
 * @returns undefined when there is nothing left to do without
 */
export function intentsFor(
  wanted: { readonly messageContent: boolean; readonly hasMessageContent: boolean | undefined },
  isRefused: boolean,
): number {
  const withContent = wanted.messageContent && wanted.hasMessageContent !== false && !isRefused;
  return withContent ? ALWAYS | Intent.MessageContent : ALWAYS;
}
