import type { Events } from './events.ts';
import { renderMessage, repliesOf } from './render.ts';
import type { FakeChannel, FakeMessage, Json, State } from './State.ts';
import { channelTypeOf } from './subscriptions.ts';

/** What is done to messages, by people or by the app, and what the app hears of it. */
export interface Draft {
  readonly user?: string;
  readonly botId?: string;
  readonly appId?: string;
  readonly username?: string;
  readonly text: string;
  readonly blocks?: Json[];
  readonly attachments?: Json[];
  readonly threadTs?: string;
  readonly isBroadcast?: boolean;
  readonly subtype?: string;
  readonly metadata?: Json;
  readonly files?: readonly string[];
  readonly extra?: Json;
  readonly clientMsgId?: string;
  readonly isStream?: boolean;
}

interface Hub {
  readonly state: State;
  readonly events: Events;
}

export function addMessage({ state, events }: Hub, channel: FakeChannel, draft: Draft): FakeMessage {
  const { isStream, isBroadcast = false, files = [], extra = {}, ...rest } = draft;
  const message: FakeMessage = {
    ...rest,
    ...(isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    ts: state.nextTs(),
    reactions: new Map(),
    files: [...files],
    isBroadcast,
    extra,
    ...(isStream ? { stream: { state: 'in_progress', startedMs: state.clock.now() } } : {}),
  };
  const root = message.threadTs ? channel.messages.get(message.threadTs) : undefined;
  channel.messages.set(message.ts, message);
  const body = renderMessage(state, channel, message, { counts: false });
  const place = { channel: channel.id, event_ts: message.ts, channel_type: channelTypeOf(channel) };
  events.emit(
    { ...body, ...(isBroadcast && root ? { root: renderMessage(state, channel, root) } : {}), ...place },
    channel,
  );
  mention({ state, events }, channel, message, '');
  return message;
}

export function editMessage(
  { state, events }: Hub,
  channel: FakeChannel,
  message: FakeMessage,
  change: Partial<FakeMessage>,
): void {
  const before = renderMessage(state, channel, message);
  const textBefore = message.text;
  Object.assign(message, change);
  announceChange({ state, events }, channel, message, before);
  mention({ state, events }, channel, message, textBefore);
}

function announceChange({ state, events }: Hub, channel: FakeChannel, message: FakeMessage, before: Json): void {
  const ts = state.nextTs();
  events.emit(
    {
      type: 'message',
      subtype: 'message_changed',
      message: renderMessage(state, channel, message),
      previous_message: before,
      channel: channel.id,
      hidden: true,
      ts,
      event_ts: ts,
      channel_type: channelTypeOf(channel),
    },
    channel,
  );
}

/** Takes a message away. A parent with replies stays as a tombstone, which is an edit, not a deletion. */
export function deleteMessage({ state, events }: Hub, channel: FakeChannel, message: FakeMessage): void {
  if (repliesOf(channel, message.ts).length > 0) {
    const before = renderMessage(state, channel, message);
    for (const key of [
      'botId',
      'appId',
      'username',
      'blocks',
      'attachments',
      'metadata',
      'edited',
      'stream',
    ] as const) {
      delete message[key];
    }
    const tombstone = {
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      extra: { hidden: true },
    };
    Object.assign(message, tombstone, { files: [], reactions: new Map() });
    announceChange({ state, events }, channel, message, before);
    return;
  }
  channel.messages.delete(message.ts);
  const ts = state.nextTs();
  events.emit(
    {
      type: 'message',
      subtype: 'message_deleted',
      previous_message: renderMessage(state, channel, message),
      channel: channel.id,
      hidden: true,
      deleted_ts: message.ts,
      ts,
      event_ts: ts,
      channel_type: channelTypeOf(channel),
    },
    channel,
  );
}

/** Adds or takes away a reaction; false when it was there (or was not). */
export function react(
  { state, events }: Hub,
  channel: FakeChannel,
  message: FakeMessage,
  reaction: { readonly user: string; readonly name: string; readonly isAdded: boolean },
): boolean {
  const { user, name, isAdded } = reaction;
  const users = message.reactions.get(name) ?? new Set();
  if (users.has(user) === isAdded) return false;
  if (isAdded) users.add(user);
  else users.delete(user);
  if (users.size > 0) message.reactions.set(name, users);
  else message.reactions.delete(name);
  events.emit(
    {
      type: isAdded ? 'reaction_added' : 'reaction_removed',
      user,
      reaction: name,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      ...(message.user ? { item_user: message.user } : {}),
      event_ts: state.nextTs(),
    },
    channel,
  );
  return true;
}

/** Being named is an event of its own, beside the message. In a DM there is none. */
function mention({ state, events }: Hub, channel: FakeChannel, message: FakeMessage, textBefore: string): void {
  const name = `<@${state.app.botUserId}>`;
  const isNew = message.text.includes(name) && !textBefore.includes(name);
  const isForUs =
    message.user !== state.app.botUserId &&
    (!message.subtype || message.isBroadcast || message.subtype === 'file_share');
  if (!isNew || !isForUs || channel.kind === 'im') return;
  const { subtype: _, ...body } = renderMessage(state, channel, message, { counts: false });
  events.emit({ ...body, type: 'app_mention', channel: channel.id, event_ts: message.ts }, channel);
}
