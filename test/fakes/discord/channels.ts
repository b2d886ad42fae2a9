import type { Hub } from './Hub.ts';
import { intentBits } from './intents.ts';
import { newChannel } from './newChannel.ts';
import { channelPermissions } from './permissions.ts';
import { renderChannel, threadMember } from './render/channels.ts';
import type { FakeChannel, State } from './State.ts';
import { tellThread } from './threads.ts';

/** The DM of a person with the bot, made when there is none yet. */
export function directChannel(state: State, userId: string): FakeChannel {
  for (const channel of state.channels.values()) {
    if (channel.kind === 'dm' && channel.recipientId === userId) return channel;
  }
  const channel = newChannel(state.nextId(), 'dm', '', { recipientId: userId });
  state.channels.set(channel.id, channel);
  return channel;
}

/** Can hold messages itself. */
export function isTextual(channel: FakeChannel): boolean {
  return channel.kind !== 'forum' && channel.kind !== 'media' && channel.kind !== 'category';
}

export function announceChannel(hub: Hub, channel: FakeChannel, what: 'CREATE' | 'UPDATE' | 'DELETE'): void {
  const { state, sessions } = hub;
  const data = renderChannel(state, channel);
  if (!channel.thread) {
    sessions.emit(`CHANNEL_${what}`, data, { intents: intentBits.Guilds, guildId: channel.guildId });
    return;
  }
  const { id, guild_id, parent_id, type } = data;
  tellThread(hub, channel, `THREAD_${what}`, what === 'DELETE' ? { id, guild_id, parent_id, type } : data);
}

/** Changes who may look into it; a bot that may from now on is told of the threads that it missed. */
export function changeAccess(hub: Hub, channel: FakeChannel, change: (channel: FakeChannel) => void): void {
  const { state, sessions } = hub;
  const isSeen = (one: FakeChannel) => channelPermissions(state, one, state.app.botUserId) !== 0n;
  const wasSeen = isSeen(channel);
  change(channel);
  announceChannel(hub, channel, 'UPDATE');
  if (wasSeen || !isSeen(channel)) return;
  const threads = [...state.channels.values()].filter(
    (one) => one.parentId === channel.id && one.thread?.isArchived === false && isSeen(one),
  );
  const data = {
    guild_id: channel.guildId,
    channel_ids: [channel.id],
    threads: threads.map((thread) => renderChannel(state, thread)),
    members: threads.flatMap(({ id, thread }) => {
      const joinedMs = thread?.members.get(state.app.botUserId);
      return joinedMs === undefined ? [] : [threadMember(id, state.app.botUserId, joinedMs)];
    }),
  };
  sessions.emit('THREAD_LIST_SYNC', data, { intents: intentBits.Guilds, guildId: channel.guildId });
}

/** Deletes it with its threads, which goes without an event for each. */
export function deleteChannel(hub: Hub, channel: FakeChannel): void {
  const { state } = hub;
  announceChannel(hub, channel, 'DELETE');
  state.channels.delete(channel.id);
  for (const one of [...state.channels.values()]) {
    if (one.parentId !== channel.id) continue;
    if (one.thread) state.channels.delete(one.id);
    else delete one.parentId;
  }
  state.changed();
}
