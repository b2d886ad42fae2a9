import type { Hub } from './Hub.ts';
import { intentBits } from './intents.ts';
import { newChannel } from './newChannel.ts';
import { channelPermissions } from './permissions.ts';
import { renderChannel, threadMember } from './render/channels.ts';
import type { ChannelKind, FakeChannel, Json } from './State.ts';

export interface ThreadDraft {
  readonly name: string;
  readonly ownerId: string;
  readonly kind: Extract<ChannelKind, 'publicThread' | 'privateThread' | 'announcementThread'>;
  /** That of the message that it hangs on. */
  readonly id?: string;
  readonly appliedTags?: readonly string[];
  readonly autoArchiveMinutes?: number;
  /** Besides the owner. */
  readonly members?: readonly string[];
}

/** Makes a thread with its owner in it, and tells the bot as far as it may see it. */
export function startThread(hub: Hub, parent: FakeChannel, draft: ThreadDraft): FakeChannel {
  const { state } = hub;
  const thread = newChannel(draft.id ?? state.nextId(), draft.kind, draft.name, {
    ...(parent.guildId === undefined ? {} : { guildId: parent.guildId }),
    parentId: parent.id,
    thread: {
      ownerId: draft.ownerId,
      members: new Map([draft.ownerId, ...(draft.members ?? [])].map((id) => [id, state.clock.now()])),
      isArchived: false,
      isLocked: false,
      archivedMs: state.clock.now(),
      autoArchiveMinutes: draft.autoArchiveMinutes ?? 4320,
      appliedTags: draft.appliedTags ?? [],
    },
  });
  state.channels.set(thread.id, thread);
  tellThread(hub, thread, 'THREAD_CREATE', { ...renderChannel(state, thread), newly_created: true });
  return thread;
}

export function setArchived(hub: Hub, channel: FakeChannel, isArchived: boolean, isLocked?: boolean): void {
  const { thread } = channel;
  if (!thread) return;
  if (thread.isArchived !== isArchived) thread.archivedMs = hub.state.clock.now();
  thread.isArchived = isArchived;
  thread.isLocked = isLocked ?? thread.isLocked;
  tellThread(hub, channel, 'THREAD_UPDATE', renderChannel(hub.state, channel));
}

/** Who writes into an archived thread opens it again. */
export function wakeThread(hub: Hub, channel: FakeChannel): void {
  if (channel.thread?.isArchived) setArchived(hub, channel, false);
}

export function joinThread(hub: Hub, channel: FakeChannel, userId: string): void {
  const { state } = hub;
  if (!channel.thread || channel.thread.members.has(userId)) return;
  const nowMs = state.clock.now();
  channel.thread.members.set(userId, nowMs);
  tellMembers(hub, channel, { added_members: [threadMember(channel.id, userId, nowMs)] }, userId);
  // To the bot a private thread begins to exist when it is added.
  if (userId !== state.app.botUserId) return;
  tellThread(hub, channel, 'THREAD_CREATE', renderChannel(state, channel));
}

export function leaveThread(hub: Hub, channel: FakeChannel, userId: string): void {
  if (!channel.thread?.members.has(userId)) return;
  tellMembers(hub, channel, { removed_member_ids: [userId] }, userId, () => channel.thread?.members.delete(userId));
}

function tellMembers(hub: Hub, channel: FakeChannel, change: Json, userId: string, act?: () => void): void {
  const { state, sessions } = hub;
  const sawIt = channelPermissions(state, channel, state.app.botUserId) !== 0n;
  act?.();
  if (!sawIt) return void state.changed();
  const data = {
    id: channel.id,
    guild_id: channel.guildId,
    member_count: Math.min(50, channel.thread?.members.size ?? 0),
    ...change,
  };
  // Without the intent for members, the bot hears of itself only.
  const intents =
    userId === state.app.botUserId ? intentBits.Guilds | intentBits.GuildMembers : intentBits.GuildMembers;
  sessions.emit('THREAD_MEMBERS_UPDATE', data, { intents, guildId: channel.guildId });
}

export function tellThread(hub: Hub, channel: FakeChannel, type: string, data: Json): void {
  const { state, sessions } = hub;
  if (channelPermissions(state, channel, state.app.botUserId) === 0n) return void state.changed();
  sessions.emit(type, data, { intents: intentBits.Guilds, guildId: channel.guildId });
}
