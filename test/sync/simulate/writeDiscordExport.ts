import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FakeDiscord } from '../../fakes/discord/FakeDiscord.ts';
import type { ChannelKind, FakeChannel, FakeMessage } from '../../fakes/discord/State.ts';

const TYPES: Partial<Record<ChannelKind, string>> = {
  text: 'GuildTextChat',
  publicThread: 'GuildPublicThread',
  privateThread: 'GuildPrivateThread',
};
const SPOKEN: Readonly<Record<number, string>> = { 0: 'Default', 19: 'Reply' };
const iso = (ms: number) => new Date(ms).toISOString().replace('Z', '+00:00');

/** A message as DiscordChatExporter writes it. */
export function exportedMessage(fake: FakeDiscord, message: FakeMessage): Record<string, unknown> {
  const author = (id: string) => ({ id, name: id, nickname: id });
  return {
    ...{ id: message.id, type: SPOKEN[message.type] ?? String(message.type), timestamp: iso(message.atMs) },
    timestampEdited: message.editedMs === undefined ? null : iso(message.editedMs),
    content: message.content,
    author: { ...author(message.authorId), isBot: message.authorId === fake.botUserId },
    ...{ attachments: [], embeds: [] },
    mentions: message.mentions.map((id) => author(id)),
    reactions: [...message.reactions].map(([name, users]) => ({
      emoji: { id: '', name, code: name },
      count: users.size,
      users: [...users].map((id) => author(id)),
    })),
    ...(message.replyTo === undefined
      ? {}
      : { reference: { messageId: message.replyTo, channelId: message.channelId, guildId: null } }),
  };
}

/** Every channel and thread of a server that holds messages itself. */
export function placesOf(fake: FakeDiscord, guild: string): FakeChannel[] {
  return fake.channels(guild).filter(({ kind }) => TYPES[kind] !== undefined);
}

/** Writes an export of a server as it is now, a file for each channel and thread. */
export async function writeDiscordExport(fake: FakeDiscord, guild: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const channel of placesOf(fake, guild)) {
    const head = {
      guild: { id: guild, name: fake.guild(guild).name },
      channel: {
        ...{ id: channel.id, type: TYPES[channel.kind], name: channel.name },
        categoryId: channel.thread ? channel.parentId : null,
        category: channel.thread ? fake.channel(channel.parentId ?? '').name : null,
      },
      ...{ dateRange: { after: null, before: null }, exportedAt: iso(fake.clock.now()) },
    };
    const messages = fake.messages(channel.id).map((message) => exportedMessage(fake, message));
    const text = JSON.stringify({ ...head, messages, messageCount: messages.length });
    await writeFile(join(folder, `${channel.id}.json`), text);
  }
}
