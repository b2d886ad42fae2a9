import { intentBits } from './intents.ts';
import { channelPermissions } from './permissions.ts';
import { renderFullGuild } from './render/channels.ts';
import { renderUser } from './render/people.ts';
import { trim } from './render/trim.ts';
import type { FakeChannel, FakeGuild, State } from './State.ts';
import { type Session, type Sessions, shardOf } from './sessions.ts';

/** READY, and a GUILD_CREATE for each guild that is there. */
export function greet(state: State, sessions: Sessions, session: Session): void {
  const own = [...state.guilds.values()].filter(
    (guild) => guild.members.has(state.app.botUserId) && shardOf(guild.id, session.shard[1]) === session.shard[0],
  );
  const ready = {
    v: 10,
    user: { ...renderUser(state, state.app.botUserId), email: null, verified: true, mfa_enabled: true },
    guilds: own.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: gatewayUrl(state),
    session_type: 'normal',
    shard: session.shard,
    application: { id: state.app.id, flags: appFlags(state) },
    private_channels: [],
    relationships: [],
    presences: [],
    user_settings: {},
    _trace: [],
  };
  const optional = [
    'private_channels',
    'relationships',
    'presences',
    'user_settings',
    'session_type',
    'shard',
    '_trace',
  ];
  sessions.send(session, 'READY', trim(state, ready, optional));
  if ((session.intents & intentBits.Guilds) === 0) return;
  for (const guild of own) if (guild.isAvailable) sessions.send(session, 'GUILD_CREATE', guildForBot(state, guild));
}

export function guildForBot(state: State, guild: FakeGuild) {
  const sees = (channel: FakeChannel) => channelPermissions(state, channel, state.app.botUserId) !== 0n;
  return renderFullGuild(state, guild, sees);
}

export function gatewayUrl(state: State): string {
  return `${state.origin.replace(/^http/, 'ws')}/gateway`;
}

/** The switches of the portal as the application's flags show them (of a bot in fewer than 100 servers). */
export function appFlags(state: State): number {
  const { GuildPresences, GuildMembers, MessageContent } = intentBits;
  const has = (bit: number, flag: number) => ((state.allowedIntents & bit) === 0 ? 0 : flag);
  return has(GuildPresences, 1 << 13) | has(GuildMembers, 1 << 15) | has(MessageContent, 1 << 19) | (1 << 23);
}
