import { guildForBot } from './greet.ts';
import type { GuildSide } from './guildSide.ts';
import type { Hub } from './Hub.ts';
import { intentBits } from './intents.ts';
import { type PermissionName, permissionsOf } from './permissions.ts';
import { renderGuild } from './render/channels.ts';
import { iso, renderMember, renderRole, renderUser } from './render/people.ts';
import type { FakeGuild, FakeMember } from './State.ts';

type GuildEvents = Pick<
  GuildSide,
  | 'removeMember'
  | 'addRole'
  | 'changeRole'
  | 'deleteRole'
  | 'giveRole'
  | 'takeRole'
  | 'setNick'
  | 'renameGuild'
  | 'kickBot'
  | 'setAvailable'
> & { addMember(guildId: string, userId: string, nick?: string, roles?: readonly string[]): void };

/** Members, roles and servers that come, change and go. */
export function createGuildEvents({ state, sessions }: Hub, guildOf: (id: string) => FakeGuild): GuildEvents {
  const isBot = (userId: string) => userId === state.app.botUserId;
  const tell = (guild: FakeGuild, type: string, data: object, intents: number = intentBits.Guilds) => {
    // A server that the bot is not in (yet), or that is out of order, says nothing.
    if (!guild.members.has(state.app.botUserId) || !guild.isAvailable) return state.changed();
    sessions.emit(type, data, { intents, guildId: guild.id });
  };
  const memberOf = (guild: FakeGuild, userId: string): FakeMember => {
    const member = guild.members.get(userId);
    if (!member) throw new Error(`${userId} is not in ${guild.name}.`);
    return member;
  };

  function tellMember(guild: FakeGuild, member: FakeMember): void {
    const data = { ...renderMember(state, member), guild_id: guild.id, joined_at: iso(member.joinedMs) };
    // Of itself the bot hears without the intent for members.
    const { Guilds, GuildMembers } = intentBits;
    tell(guild, 'GUILD_MEMBER_UPDATE', data, isBot(member.userId) ? Guilds | GuildMembers : GuildMembers);
  }
  function changeMember(guildId: string, userId: string, change: (member: FakeMember) => void): void {
    const guild = guildOf(guildId);
    const member = memberOf(guild, userId);
    change(member);
    tellMember(guild, member);
  }
  const setPermissions = (guildId: string, roleId: string, names: readonly PermissionName[]) => {
    const guild = guildOf(guildId);
    const role = guild.roles.get(roleId);
    if (!role) throw new Error(`There is no role ${roleId}.`);
    role.permissions = permissionsOf(names);
    tell(guild, 'GUILD_ROLE_UPDATE', { guild_id: guildId, role: renderRole(state, guild, role) });
  };

  return {
    addMember(guildId, userId, nick, roles = []) {
      const guild = guildOf(guildId);
      if (!state.users.has(userId)) throw new Error(`There is no user ${userId}.`);
      const member = { userId, nick: nick ?? null, roles: new Set(roles), joinedMs: state.clock.now() };
      guild.members.set(userId, member);
      if (isBot(userId)) tell(guild, 'GUILD_CREATE', guildForBot(state, guild));
      else {
        const data = { ...renderMember(state, member), guild_id: guildId };
        tell(guild, 'GUILD_MEMBER_ADD', data, intentBits.GuildMembers);
      }
    },
    removeMember(guildId, userId) {
      const guild = guildOf(guildId);
      memberOf(guild, userId);
      guild.members.delete(userId);
      for (const channel of state.channels.values()) {
        if (channel.guildId === guildId) channel.thread?.members.delete(userId);
      }
      const data = { guild_id: guildId, user: renderUser(state, userId) };
      tell(guild, 'GUILD_MEMBER_REMOVE', data, intentBits.GuildMembers);
    },
    addRole(guildId, name, permissions = [], members = []) {
      const guild = guildOf(guildId);
      const role = { id: state.nextId(), name, permissions: permissionsOf(permissions), position: guild.roles.size };
      guild.roles.set(role.id, role);
      tell(guild, 'GUILD_ROLE_CREATE', { guild_id: guildId, role: renderRole(state, guild, role) });
      for (const userId of members) changeMember(guildId, userId, ({ roles }) => roles.add(role.id));
      return role.id;
    },
    changeRole: setPermissions,
    deleteRole(guildId, roleId) {
      const guild = guildOf(guildId);
      guild.roles.delete(roleId);
      for (const member of guild.members.values()) member.roles.delete(roleId);
      tell(guild, 'GUILD_ROLE_DELETE', { guild_id: guildId, role_id: roleId });
    },
    giveRole: (guildId, userId, roleId) => changeMember(guildId, userId, ({ roles }) => roles.add(roleId)),
    takeRole: (guildId, userId, roleId) => changeMember(guildId, userId, ({ roles }) => roles.delete(roleId)),
    setNick(guildId, userId, nick) {
      changeMember(guildId, userId, (member) => {
        member.nick = nick;
      });
    },
    renameGuild(guildId, name) {
      const guild = guildOf(guildId);
      guild.name = name;
      tell(guild, 'GUILD_UPDATE', renderGuild(state, guild));
    },
    kickBot(guildId) {
      const guild = guildOf(guildId);
      tell(guild, 'GUILD_DELETE', { id: guildId });
      guild.members.delete(state.app.botUserId);
    },
    setAvailable(guildId, isAvailable) {
      const guild = guildOf(guildId);
      if (!isAvailable) tell(guild, 'GUILD_DELETE', { id: guildId, unavailable: true });
      guild.isAvailable = isAvailable;
      if (isAvailable) tell(guild, 'GUILD_CREATE', guildForBot(state, guild));
    },
  };
}
