import { BackscrollError } from '../../../base/BackscrollError.ts';

const PORTAL = 'https://discord.com/developers/applications';

const SENTENCES: Readonly<Record<number, string>> = {
  4004: `Discord does not know the bot’s token (4004). Make a new one under Bot → Reset Token at ${PORTAL}, set DISCORD_TOKEN to it and restart.`,
  4010: 'Discord refused the connection’s shard (4010). Restart Backscroll.',
  4011: 'The bot is in so many servers that Discord asks for sharding (4011). Restart Backscroll.',
  4012: 'Discord does not know this version of its gateway any more (4012). Update Backscroll.',
  4013: 'Discord did not understand the intents asked for (4013). Update Backscroll.',
  4014: `Discord does not allow the bot an intent that it asks for (4014). Switch on Bot → Privileged Gateway Intents → Message Content Intent at ${PORTAL}, or set discord.messageContent to false.`,
};

/** Why Discord closed the connection for good, for the operator; undefined for everything that passes. */
export function closeMeaning(code: number): BackscrollError | undefined {
  const sentence = SENTENCES[code];
  return sentence === undefined ? undefined : new BackscrollError('refused', sentence);
}
