import { guildPermissions } from '../permissions.ts';
import type { FakeGuild, FakeMember, FakeRole, FakeUser, Json, State } from '../State.ts';
import { trim } from './trim.ts';

export function renderUser(state: State, id: string): Json {
  const user: FakeUser = state.users.get(id) ?? { id, name: 'deleted_user', globalName: null, isBot: false };
  const whole = {
    id,
    username: user.name,
    discriminator: '0',
    global_name: user.globalName,
    avatar: null,
    public_flags: 0,
    ...(user.isBot ? { bot: true } : {}),
  };
  return trim(state, whole, ['global_name', 'public_flags', 'discriminator']);
}

export function renderMember(state: State, member: FakeMember, withUser = true): Json {
  const whole = {
    ...(withUser ? { user: renderUser(state, member.userId) } : {}),
    nick: member.nick,
    avatar: null,
    roles: [...member.roles],
    joined_at: iso(member.joinedMs),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
  const left = ['avatar', 'premium_since', 'flags', 'pending', 'communication_disabled_until', 'deaf', 'mute'];
  return trim(state, whole, member.nick === null ? [...left, 'nick'] : left);
}

export function renderRole(state: State, guild: FakeGuild, role: FakeRole): Json {
  const whole = {
    id: role.id,
    name: role.id === guild.id ? '@everyone' : role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: String(role.permissions),
    managed: false,
    mentionable: false,
    flags: 0,
  };
  return trim(state, whole, ['colors', 'icon', 'unicode_emoji', 'flags', 'hoist', 'color', 'mentionable']);
}

/** A server in the list of one's own. */
export function renderPartialGuild(state: State, guild: FakeGuild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: guild.ownerId === state.app.botUserId,
    permissions: String(guildPermissions(guild, state.app.botUserId)),
    features: [],
  };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
