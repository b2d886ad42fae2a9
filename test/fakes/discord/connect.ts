import { Client, Events, GatewayIntentBits, Partials } from 'discord.js';
import type { FakeDiscord } from './FakeDiscord.ts';

const { Guilds, GuildMessages, MessageContent, GuildMessageReactions } = GatewayIntentBits;
const { DirectMessages, DirectMessageReactions, GuildMembers } = GatewayIntentBits;

export interface ConnectOptions {
  readonly withoutContent?: boolean;
  readonly withMembers?: boolean;
}

/** The real discord.js, logged in and ready. */
export async function connect(discord: FakeDiscord, options: ConnectOptions = {}) {
  const client = new Client({
    intents: [
      ...[Guilds, GuildMessages, GuildMessageReactions, DirectMessages, DirectMessageReactions],
      ...(options.withoutContent ? [] : [MessageContent]),
      ...(options.withMembers ? [GuildMembers] : []),
    ],
    partials: [Partials.Channel, Partials.Message, Partials.Reaction, Partials.User],
    rest: { api: discord.apiUrl },
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}
