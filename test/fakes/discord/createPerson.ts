import { directChannel, isTextual } from './channels.ts';
import type { Hub } from './Hub.ts';
import { intentBits } from './intents.ts';
import { createInteractionSide } from './interactionSide.ts';
import { addMessage, announceChange, botSees, deleteMessages, editMessage, placeOf } from './messages.ts';
import type { Person, Spot } from './Person.ts';
import { may, type PermissionName } from './permissions.ts';
import { react } from './reactions.ts';
import type { FakeChannel, FakeMessage } from './State.ts';
import { joinThread, leaveThread, setArchived, startThread } from './threads.ts';

export function createPerson(hub: Hub, userId: string): Person {
  const { state } = hub;
  if (!state.users.has(userId)) throw new Error(`There is no user ${userId}.`);

  function channelOf(id: string, ...needed: readonly PermissionName[]): FakeChannel {
    const channel = id === 'dm' ? directChannel(state, userId) : state.channels.get(id);
    if (!channel) throw new Error(`There is no channel ${id}.`);
    for (const name of ['ViewChannel' as const, ...needed]) {
      if (!may(state, channel, userId, name)) throw new Error(`${userId} has no ${name} in ${channel.name}.`);
    }
    return channel;
  }
  function messageAt({ channelId, id }: Spot): { channel: FakeChannel; message: FakeMessage } {
    const channel = channelOf(channelId);
    const ephemeral = channel.ephemerals.get(id);
    const message = channel.messages.get(id) ?? (ephemeral?.forUserId === userId ? ephemeral : undefined);
    if (!message) throw new Error(`There is no message ${id} in ${channel.name}.`);
    return { channel, message };
  }
  const sayingIn = (id: string) => {
    const channel = channelOf(id);
    return channelOf(id, channel.thread ? 'SendMessagesInThreads' : 'SendMessages');
  };
  const reacts = (spot: Spot, emoji: string, isAdded: boolean) => {
    const { channel, message } = messageAt(spot);
    if (isAdded && !message.reactions.has(emoji)) channelOf(channel.id, 'AddReactions');
    if (!react(hub, channel, message, { userId, emoji, isAdded })) throw new Error(`No change of ${emoji}.`);
  };

  return {
    id: userId,
    says(where, text, options = {}) {
      const channel = sayingIn(where);
      if (!isTextual(channel)) throw new Error(`${channel.name} takes posts, not messages.`);
      if (channel.thread?.isLocked) throw new Error(`${channel.name} is locked.`);
      const { replyTo, withoutPing = false, files = [], embeds = [] } = options;
      if (replyTo !== undefined && !channel.messages.has(replyTo)) throw new Error(`There is no message ${replyTo}.`);
      return addMessage(hub, channel, {
        ...{ authorId: userId, content: text, withoutPing, embeds: [...embeds] },
        ...(replyTo === undefined ? {} : { replyTo }),
        attachments: files.map(({ name, text: content }) => ({
          ...{ id: state.nextId(), name, type: 'text/plain; charset=utf-8' },
          bytes: new TextEncoder().encode(content),
        })),
      });
    },
    edits(spot, text) {
      const { channel, message } = messageAt(spot);
      if (message.authorId !== userId) throw new Error(`${spot.id} is not a message of ${userId}.`);
      editMessage(hub, channel, message, { content: text });
    },
    deletes(spot) {
      const { channel, message } = messageAt(spot);
      if (channel.ephemerals.delete(message.id)) return state.changed();
      if (message.authorId !== userId) channelOf(spot.channelId, 'ManageMessages');
      deleteMessages(hub, channel, [spot.id]);
    },
    deletesMany: (where, ids) => deleteMessages(hub, channelOf(where, 'ManageMessages'), ids, true),
    reacts: (spot, emoji) => reacts(spot, emoji, true),
    unreacts: (spot, emoji) => reacts(spot, emoji, false),
    pins(spot) {
      const { channel, message } = messageAt(spot);
      message.isPinned = true;
      announceChange(hub, channel, message);
    },
    types(where) {
      const channel = channelOf(where);
      const { DirectMessageTyping, GuildMessageTyping } = intentBits;
      if (!botSees(state, channel)) return;
      const intents = channel.kind === 'dm' ? DirectMessageTyping : GuildMessageTyping;
      const data = { ...placeOf(channel), user_id: userId, timestamp: Math.floor(state.clock.now() / 1000) };
      hub.sessions.emit('TYPING_START', data, { intents, guildId: channel.guildId });
    },

    opensThread(where, name, { isPrivate = false, from, members = [] } = {}) {
      const channel = channelOf(where, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
      if (from !== undefined && !channel.messages.has(from)) throw new Error(`There is no message ${from}.`);
      const ownerId = userId;
      const open = channel.kind === 'announcement' ? 'announcementThread' : 'publicThread';
      const kind = isPrivate ? 'privateThread' : open;
      const thread = startThread(hub, channel, { name, ownerId, kind, members, ...(from ? { id: from } : {}) });
      if (from) {
        const starter = { authorId: userId, content: '', type: 21, replyTo: from, withoutPing: true };
        addMessage(hub, thread, starter);
      } else if (!isPrivate)
        addMessage(hub, channel, { authorId: userId, content: name, type: 18, threadId: thread.id });
      return thread.id;
    },
    posts(where, title, text, appliedTags = []) {
      const forum = channelOf(where, 'SendMessages');
      if (forum.kind !== 'forum' && forum.kind !== 'media') throw new Error(`${forum.name} is no forum.`);
      const thread = startThread(hub, forum, { name: title, ownerId: userId, kind: 'publicThread', appliedTags });
      addMessage(hub, thread, { authorId: userId, content: text, id: thread.id });
      return thread.id;
    },
    archives: (threadId, isArchived = true) => setArchived(hub, channelOf(threadId), isArchived),
    joins: (threadId) => joinThread(hub, channelOf(threadId), userId),
    leaves: (threadId) => leaveThread(hub, channelOf(threadId), userId),
    ...createInteractionSide(hub, userId, { channelOf, messageAt }),
  };
}
