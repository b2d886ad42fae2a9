import { compareIds } from './createState.ts';
import type { Hub } from './Hub.ts';
import { intentBits } from './intents.ts';
import { readMentions } from './mentions.ts';
import { channelPermissions } from './permissions.ts';
import { renderMessage } from './render/messages.ts';
import type { FakeChannel, FakeMessage, Json, State } from './State.ts';
import { joinThread, wakeThread } from './threads.ts';

export type Draft = Pick<FakeMessage, 'authorId' | 'content'> &
  Partial<Omit<FakeMessage, 'authorId' | 'content' | 'reactions' | 'mentions' | 'mentionRoles' | 'mentionEveryone'>> & {
    readonly withoutPing?: boolean;
  };

/** A message with what it lacks filled in; nothing is kept and nobody is told. */
export function makeMessage(state: State, channel: FakeChannel, draft: Draft): FakeMessage {
  const { withoutPing, ...given } = draft;
  const atMs = given.atMs ?? state.clock.now();
  const replied =
    given.replyTo === undefined || withoutPing ? undefined : channel.messages.get(given.replyTo)?.authorId;
  return {
    id: given.id ?? state.nextId(given.atMs),
    channelId: channel.id,
    atMs,
    type: given.replyTo === undefined ? 0 : 19,
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    isPinned: false,
    reactions: new Map(),
    ...given,
    ...readMentions(state, channel, given.authorId, given.content, {
      repliedTo: replied,
      allowed: given.allowedMentions,
    }),
  };
}

/** Posts it, and tells the bot. */
export function addMessage(hub: Hub, channel: FakeChannel, draft: Draft): FakeMessage {
  const { state } = hub;
  if (channel.thread) {
    wakeThread(hub, channel);
    joinThread(hub, channel, draft.authorId);
  }
  const message = makeMessage(state, channel, draft);
  channel.messages.set(message.id, message);
  channel.lastMessageId = message.id;
  tell(hub, channel, 'MESSAGE_CREATE', (hasContent) =>
    renderMessage(state, message, { hasContent, asEvent: true, isNew: true }),
  );
  return message;
}

/** Puts old messages where they belong; nobody is told. */
export function insertMessages(channel: FakeChannel, messages: readonly FakeMessage[]): void {
  for (const message of messages) channel.messages.set(message.id, message);
  const ids = [...channel.messages.keys()];
  if (ids.some((id, i) => i > 0 && compareIds(ids[i - 1] ?? '', id) > 0)) {
    const sorted = [...channel.messages.values()].sort((a, b) => compareIds(a.id, b.id));
    channel.messages.clear();
    for (const message of sorted) channel.messages.set(message.id, message);
  }
  const last = [...channel.messages.keys()].at(-1);
  if (last !== undefined) channel.lastMessageId = last;
}

export type Change = Partial<Pick<FakeMessage, 'content' | 'embeds' | 'components' | 'attachments' | 'flags'>> & {
  readonly allowedMentions?: Json;
};

export function editMessage(hub: Hub, channel: FakeChannel, message: FakeMessage, change: Change): void {
  const { state } = hub;
  Object.assign(message, change, { editedMs: state.clock.now() });
  const repliedTo = message.replyTo === undefined ? undefined : channel.messages.get(message.replyTo)?.authorId;
  const isPinged = repliedTo !== undefined && message.mentions.includes(repliedTo);
  Object.assign(
    message,
    readMentions(state, channel, message.authorId, message.content, {
      repliedTo: isPinged ? repliedTo : undefined,
      allowed: message.allowedMentions,
    }),
  );
  announceChange(hub, channel, message);
}

/** MESSAGE_UPDATE with the message as it is now. */
export function announceChange(hub: Hub, channel: FakeChannel, message: FakeMessage): void {
  tell(hub, channel, 'MESSAGE_UPDATE', (hasContent) =>
    renderMessage(hub.state, message, { hasContent, asEvent: true }),
  );
}

export function deleteMessages(hub: Hub, channel: FakeChannel, ids: readonly string[], isBulk = false): void {
  const gone = ids.filter((id) => channel.messages.delete(id));
  const place = placeOf(channel);
  if (isBulk) {
    if (gone.length > 0) tell(hub, channel, 'MESSAGE_DELETE_BULK', () => ({ ids: gone, ...place }));
    return;
  }
  for (const id of gone) tell(hub, channel, 'MESSAGE_DELETE', () => ({ id, ...place }));
}

export function placeOf(channel: FakeChannel): Json {
  return { channel_id: channel.id, ...(channel.guildId ? { guild_id: channel.guildId } : {}) };
}

export function botSees(state: State, channel: FakeChannel): boolean {
  return channelPermissions(state, channel, state.app.botUserId) !== 0n;
}

function tell(hub: Hub, channel: FakeChannel, type: string, data: (hasContent: boolean) => Json): void {
  const { state, sessions } = hub;
  if (!botSees(state, channel)) return void state.changed();
  const needed = channel.kind === 'dm' ? intentBits.DirectMessages : intentBits.GuildMessages;
  sessions.emit(type, (intents: number) => data((intents & intentBits.MessageContent) !== 0), {
    intents: needed,
    guildId: channel.guildId,
  });
}
