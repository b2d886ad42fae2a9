import type { FakeChannel, FakeGuild, State } from './State.ts';

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const permissionBits = {
  KickMembers: 1n << 1n,
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  AddReactions: 1n << 6n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  UseExternalEmojis: 1n << 18n,
  ManageRoles: 1n << 28n,
  UseApplicationCommands: 1n << 31n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  CreatePrivateThreads: 1n << 36n,
  SendMessagesInThreads: 1n << 38n,
  PinMessages: 1n << 51n,
} as const;

export type PermissionName = keyof typeof permissionBits;

const everything = (1n << 53n) - 1n;

export function permissionsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((all, name) => all | permissionBits[name], 0n);
}

/** What @everyone has in a new server, as far as it matters here. */
export const everyoneByDefault: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'ReadMessageHistory',
  'AddReactions',
  'EmbedLinks',
  'AttachFiles',
  'UseApplicationCommands',
  'CreatePublicThreads',
  'CreatePrivateThreads',
];

/** In the server as a whole; nothing for who is no member. */
export function guildPermissions(guild: FakeGuild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return everything;
  let all = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const id of member.roles) all |= guild.roles.get(id)?.permissions ?? 0n;
  return all & permissionBits.Administrator ? everything : all;
}

/** In one channel, overwrites applied: https://docs.discord.com/developers/topics/permissions#permission-overwrites */
export function channelPermissions(state: State, channel: FakeChannel, userId: string): bigint {
  if (channel.kind === 'dm') {
    if (userId !== channel.recipientId && userId !== state.app.botUserId) return 0n;
    const { ManageMessages: _, ...own } = permissionBits;
    return Object.values(own).reduce((all, bit) => all | bit, 0n) & ~permissionBits.Administrator;
  }
  const guild = state.guilds.get(channel.guildId ?? '');
  if (!guild) return 0n;
  let all = guildPermissions(guild, userId);
  if (all === everything) return all;
  const parent = channel.thread ? state.channels.get(channel.parentId ?? '') : channel;
  if (!parent) return 0n;
  const roles = guild.members.get(userId)?.roles ?? new Set();
  const everyone = parent.overwrites.filter(({ id }) => id === guild.id);
  const byRole = parent.overwrites.filter(({ type, id }) => type === 'role' && roles.has(id));
  const own = parent.overwrites.filter(({ type, id }) => type === 'member' && id === userId);
  for (const level of [everyone, byRole, own]) {
    all &= ~level.reduce((bits, { deny }) => bits | deny, 0n);
    all |= level.reduce((bits, { allow }) => bits | allow, 0n);
  }
  if (!(all & permissionBits.ViewChannel)) return 0n;
  if (channel.kind === 'privateThread') {
    const isIn = channel.thread?.members.has(userId) || (all & permissionBits.ManageThreads) !== 0n;
    if (!isIn) return 0n;
  }
  if (!(all & sendingBit(channel))) {
    const { AttachFiles, EmbedLinks, MentionEveryone } = permissionBits;
    all &= ~(permissionBits.SendMessages | AttachFiles | EmbedLinks | MentionEveryone);
  }
  return all;
}

/** What it takes to write there. */
export function sendingBit(channel: FakeChannel): bigint {
  return channel.thread ? permissionBits.SendMessagesInThreads : permissionBits.SendMessages;
}

export function may(state: State, channel: FakeChannel, userId: string, name: PermissionName): boolean {
  return (channelPermissions(state, channel, userId) & permissionBits[name]) !== 0n;
}
