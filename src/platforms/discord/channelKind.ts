/**
 * What a channel is, by the names that DiscordChatExporter writes, which are those of
 * https://discord.com/developers/docs/resources/channel#channel-object-channel-types; what it has no name for it writes
 * as a number.
 * - `channel`: stands in the server's list. Whether it is private is not said.
 * - `thread`: open to whoever reads the channel it stands in; posts of a forum are such threads.
 * - `private thread`, `direct`: for those who take part.
 */
export type ChannelKind = 'channel' | 'thread' | 'private thread' | 'direct';

const KINDS: ReadonlyMap<string, ChannelKind> = new Map([
  ['GuildTextChat', 'channel'],
  ['0', 'channel'],
  ['DirectTextChat', 'direct'],
  ['1', 'direct'],
  ['GuildVoiceChat', 'channel'],
  ['2', 'channel'],
  ['DirectGroupTextChat', 'direct'],
  ['3', 'direct'],
  ['GuildNews', 'channel'],
  ['5', 'channel'],
  ['GuildStore', 'channel'],
  ['GuildNewsThread', 'thread'],
  ['10', 'thread'],
  ['GuildPublicThread', 'thread'],
  ['11', 'thread'],
  ['GuildPrivateThread', 'private thread'],
  ['12', 'private thread'],
  ['GuildStageVoice', 'channel'],
  ['13', 'channel'],
  ['GuildForum', 'channel'],
  ['15', 'channel'],
  ['GuildMedia', 'channel'],
  ['16', 'channel'],
]);

/** Kinds that come after us are taken for private. */
export function channelKind(type: string, guildId: string): ChannelKind {
  return guildId === '0' ? 'direct' : (KINDS.get(type) ?? 'private thread');
}
