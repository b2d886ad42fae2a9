import { announceChannel, changeAccess, deleteChannel, directChannel } from './channels.ts';
import { createGuildEvents } from './guildEvents.ts';
import type { Hub } from './Hub.ts';
import { insertMessages, makeMessage } from './messages.ts';
import { newChannel } from './newChannel.ts';
import { everyoneByDefault, type PermissionName, permissionsOf } from './permissions.ts';
import type { ChannelKind, FakeChannel, FakeGuild, FakeMessage, FakeUser } from './State.ts';
import { joinThread, leaveThread, startThread } from './threads.ts';

export interface OverwriteNames {
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
}

export interface GuildOptions {
  readonly id?: string;
  readonly ownerId?: string;
  readonly members?: readonly string[];
  /** What @everyone may do, in place of the usual. */
  readonly everyone?: readonly PermissionName[];
  /** Beyond @everyone's; the usual of a bot's invitation without it. */
  readonly botPermissions?: readonly PermissionName[];
  readonly withoutBot?: boolean;
}

export interface ChannelOptions {
  readonly id?: string;
  readonly kind?: Exclude<ChannelKind, 'dm' | 'publicThread' | 'privateThread' | 'announcementThread'>;
  readonly parentId?: string;
  readonly topic?: string;
  /** By the id of a role (the guild's own for @everyone) or of a member. */
  readonly overwrites?: Readonly<Record<string, OverwriteNames>>;
  /** Names of a forum's tags; their ids are in `channel(id).tags`. */
  readonly tags?: readonly string[];
}

export interface OldMessage {
  readonly userId: string;
  readonly text: string;
  readonly atMs?: number;
  readonly replyTo?: string;
  readonly type?: number;
}

/** What the owners of servers do. What changes is told to the bot, as far as it may hear it. */
export interface GuildSide {
  addUser(name: string, more?: Partial<Omit<FakeUser, 'name'>>): string;
  /** The bot joins it too, unless `withoutBot`. */
  addGuild(name: string, options?: GuildOptions): string;
  addMember(guildId: string, userId: string, nick?: string): void;
  removeMember(guildId: string, userId: string): void;
  addRole(guildId: string, name: string, permissions?: readonly PermissionName[], members?: readonly string[]): string;
  changeRole(guildId: string, roleId: string, permissions: readonly PermissionName[]): void;
  deleteRole(guildId: string, roleId: string): void;
  giveRole(guildId: string, userId: string, roleId: string): void;
  takeRole(guildId: string, userId: string, roleId: string): void;
  setNick(guildId: string, userId: string, nick: string | null): void;
  renameGuild(guildId: string, name: string): void;
  /** GUILD_DELETE for good. */
  kickBot(guildId: string): void;
  /** An outage: GUILD_DELETE with `unavailable`, and GUILD_CREATE when it is over. */
  setAvailable(guildId: string, isAvailable: boolean): void;

  addChannel(guildId: string, name: string, options?: ChannelOptions): string;
  /** Without its starter message; `user(id).opensThread` is what people do. */
  addThread(
    parentId: string,
    name: string,
    options?: { ownerId?: string; isPrivate?: boolean; members?: readonly string[] },
  ): string;
  addToThread(threadId: string, userId: string): void;
  removeFromThread(threadId: string, userId: string): void;
  /** The DM of a person with the bot. */
  dm(userId: string): string;
  overwrite(channelId: string, roleOrUserId: string, names: OverwriteNames): void;
  /** Takes the channel from @everyone and leaves it to these roles or members (and the bot, unless `withoutBot`). */
  makePrivate(channelId: string, ids?: readonly string[], options?: { readonly withoutBot?: boolean }): void;
  makePublic(channelId: string): void;
  rename(channelId: string, name: string): void;
  deleteChannel(channelId: string): void;
  /** Old messages, quickly: no events, oldest first or not. */
  fill(channelId: string, messages: readonly OldMessage[]): readonly FakeMessage[];
}

const ownerName = 'owner';

export function createGuildSide(hub: Hub): GuildSide {
  const { state } = hub;
  const guildOf = (id: string): FakeGuild => {
    const guild = state.guilds.get(id);
    if (!guild) throw new Error(`There is no guild ${id}.`);
    return guild;
  };
  const channelOf = (id: string): FakeChannel => {
    const channel = state.channels.get(id);
    if (!channel) throw new Error(`There is no channel ${id}.`);
    return channel;
  };
  const overwriteOf = (guildId: string, id: string, { allow = [], deny = [] }: OverwriteNames) => ({
    ...{ id, allow: permissionsOf(allow), deny: permissionsOf(deny) },
    type: guildOf(guildId).roles.has(id) ? ('role' as const) : ('member' as const),
  });
  const setOverwrite = (channel: FakeChannel, id: string, names: OverwriteNames) => {
    channel.overwrites = channel.overwrites.filter((one) => one.id !== id);
    channel.overwrites.push(overwriteOf(channel.guildId ?? '', id, names));
  };
  const { addMember, ...events } = createGuildEvents(hub, guildOf);

  function addUser(name: string, more: Partial<Omit<FakeUser, 'name'>> = {}): string {
    const user: FakeUser = { id: state.nextId(), name, globalName: null, isBot: false, ...more };
    state.users.set(user.id, user);
    return user.id;
  }

  return {
    addUser,
    addMember,
    ...events,
    addGuild(name, options = {}) {
      const { members = [], everyone = everyoneByDefault, botPermissions = [], withoutBot } = options;
      const id = options.id ?? state.nextId();
      const ownerId = options.ownerId ?? addUser(ownerName);
      const guild: FakeGuild = { id, name, ownerId, roles: new Map(), members: new Map(), isAvailable: true };
      guild.roles.set(id, { id, name: '@everyone', permissions: permissionsOf(everyone), position: 0 });
      state.guilds.set(id, guild);
      for (const userId of new Set([ownerId, ...members])) addMember(id, userId);
      if (withoutBot) return id;
      const role = events.addRole(id, state.app.name, botPermissions);
      addMember(id, state.app.botUserId, undefined, [role]);
      return id;
    },
    addChannel(guildId, name, options = {}) {
      const { id = state.nextId(), kind = 'text', parentId, topic, overwrites = {}, tags = [] } = options;
      const siblings = [...state.channels.values()].filter((one) => one.guildId === guildId && !one.thread);
      const channel = newChannel(id, kind, name, {
        ...{ guildId: guildOf(guildId).id, topic: topic ?? null, position: siblings.length },
        ...(parentId === undefined ? {} : { parentId }),
        overwrites: Object.entries(overwrites).map(([who, names]) => overwriteOf(guildId, who, names)),
        tags: tags.map((tag) => ({ id: state.nextId(), name: tag })),
      });
      state.channels.set(id, channel);
      announceChannel(hub, channel, 'CREATE');
      return id;
    },
    addThread(parentId, name, { ownerId, isPrivate, members = [] } = {}) {
      const parent = channelOf(parentId);
      const owner = ownerId ?? members[0] ?? guildOf(parent.guildId ?? '').ownerId;
      const kind = isPrivate ? 'privateThread' : parent.kind === 'announcement' ? 'announcementThread' : 'publicThread';
      return startThread(hub, parent, { name, kind, ownerId: owner, members }).id;
    },
    addToThread: (threadId, userId) => joinThread(hub, channelOf(threadId), userId),
    removeFromThread: (threadId, userId) => leaveThread(hub, channelOf(threadId), userId),
    dm: (userId) => directChannel(state, userId).id,
    overwrite(channelId, id, names) {
      changeAccess(hub, channelOf(channelId), (channel) => setOverwrite(channel, id, names));
    },
    makePrivate(channelId, ids = [], { withoutBot } = {}) {
      const allowed = withoutBot ? ids : [...ids, state.app.botUserId];
      changeAccess(hub, channelOf(channelId), (channel) => {
        channel.overwrites = [];
        setOverwrite(channel, channel.guildId ?? '', { deny: ['ViewChannel'] });
        for (const id of allowed) setOverwrite(channel, id, { allow: ['ViewChannel'] });
      });
    },
    makePublic(channelId) {
      changeAccess(hub, channelOf(channelId), (channel) => {
        channel.overwrites = [];
      });
    },
    rename(channelId, name) {
      const channel = channelOf(channelId);
      channel.name = name;
      announceChannel(hub, channel, 'UPDATE');
    },
    deleteChannel: (channelId) => deleteChannel(hub, channelOf(channelId)),
    fill(channelId, messages) {
      const channel = channelOf(channelId);
      const made = messages.map(({ userId, text, ...more }) =>
        makeMessage(state, channel, { authorId: userId, content: text, ...more }),
      );
      insertMessages(channel, made);
      return made;
    },
  };
}
