import { addMessage } from './conversation.ts';
import type { Events } from './events.ts';
import { otherTeamId, renderChannel, renderUser } from './render.ts';
import type { FakeChannel, FakeUser, Json, State } from './State.ts';
import { channelTypeOf } from './subscriptions.ts';

/** What happens to channels and people, and what the app hears of it. */
interface Hub {
  readonly state: State;
  readonly events: Events;
}

export function channelNamed(state: State, id: string): FakeChannel {
  const channel = state.channels.get(id);
  if (!channel) throw new Error(`There is no channel ${id}.`);
  return channel;
}

export function joinChannel(hub: Hub, channel: FakeChannel, userId: string, inviter?: string): void {
  if (channel.members.has(userId)) return;
  channel.members.add(userId);
  const { state, events } = hub;
  events.emit(
    {
      type: 'member_joined_channel',
      user: userId,
      channel: channel.id,
      channel_type: channel.kind === 'public' ? 'C' : 'G',
      team: state.users.get(userId)?.teamId ?? state.team.id,
      ...(inviter ? { inviter } : {}),
      event_ts: state.nextTs(),
    },
    channel,
  );
  notice(hub, channel, userId, 'channel_join', `<@${userId}> has joined the channel`, inviter ? { inviter } : {});
}

export function leaveChannel(hub: Hub, channel: FakeChannel, userId: string): void {
  if (!channel.members.has(userId)) return;
  const { state, events } = hub;
  const left = {
    type: 'member_left_channel',
    user: userId,
    channel: channel.id,
    channel_type: channel.kind === 'public' ? 'C' : 'G',
    team: state.users.get(userId)?.teamId ?? state.team.id,
    event_ts: state.nextTs(),
  };
  if (userId === state.app.botUserId) {
    // Whoever is thrown out hears that, and nothing more.
    const type = channel.kind === 'public' ? 'channel_left' : 'group_left';
    events.emit({ type, channel: channel.id, actor_id: 'USLACKBOT', event_ts: state.nextTs() }, channel);
    channel.members.delete(userId);
    return;
  }
  channel.members.delete(userId);
  events.emit(left, channel);
  notice(hub, channel, userId, 'channel_leave', `<@${userId}> has left the channel`);
}

export type ChannelChange = 'created' | 'deleted' | 'archive' | 'unarchive' | 'shared' | 'unshared';

/** `channel_archive` for a public channel, `group_archive` for a private one. */
export function announceChannel(
  { state, events }: Hub,
  channel: FakeChannel,
  change: ChannelChange,
  user: string,
): void {
  const type = `${channel.kind === 'public' ? 'channel' : 'group'}_${change}`;
  const event_ts = state.nextTs();
  const bodies: Record<ChannelChange, Json> = {
    created: { channel: renderChannel(state, channel) },
    deleted: { channel: channel.id, actor_id: user },
    archive: { channel: channel.id, user, is_moved: 0 },
    unarchive: { channel: channel.id, user },
    shared: { channel: channel.id, connected_team_id: otherTeamId },
    unshared: { channel: channel.id, previously_connected_team_id: otherTeamId, is_ext_shared: channel.isExtShared },
  };
  events.emit({ type, ...bodies[change], event_ts }, channel);
}

export function renameChannel(hub: Hub, channel: FakeChannel, name: string, user: string): void {
  const old = channel.name;
  channel.name = name;
  const { state, events } = hub;
  const isPublic = channel.kind === 'public';
  const created = Math.floor(channel.createdMs / 1000);
  const shape = { id: channel.id, name, name_normalized: name, created, is_channel: isPublic, is_mpim: false };
  events.emit(
    { type: isPublic ? 'channel_rename' : 'group_rename', channel: shape, event_ts: state.nextTs() },
    channel,
  );
  notice(
    hub,
    channel,
    user,
    isPublic ? 'channel_name' : 'group_name',
    `has renamed the channel from "${old}" to "${name}"`,
    {
      old_name: old,
      name,
    },
  );
}

/** A public channel becomes private, or the other way; its id stays. Those in it read a message that says so. */
export function convertChannel(hub: Hub, channel: FakeChannel, kind: 'public' | 'private', user: string): void {
  channel.kind = kind;
  const subtype = kind === 'private' ? 'channel_convert_to_private' : 'channel_convert_to_public';
  notice(hub, channel, user, subtype, `made this channel *${kind}*`);
}

export function announceUser({ state, events }: Hub, type: 'team_join' | 'user_change', user: FakeUser): void {
  const seconds = Math.floor(state.clock.now() / 1000);
  events.emit({ type, user: renderUser(state, user), cache_ts: seconds, event_ts: state.nextTs() });
}

/** What Slack itself writes into a channel. */
function notice(hub: Hub, channel: FakeChannel, user: string, subtype: string, text: string, extra: Json = {}): void {
  if (channelTypeOf(channel) === 'im') return;
  addMessage(hub, channel, { user, subtype, text, extra });
}
