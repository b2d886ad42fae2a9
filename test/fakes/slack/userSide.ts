import { announceAssistant, contextOf } from './assistant.ts';
import { addMessage, deleteMessage, editMessage, react } from './conversation.ts';
import { directChannel } from './createState.ts';
import type { Answer } from './delivery.ts';
import type { Events } from './events.ts';
import { findAction } from './findAction.ts';
import type { ClickPlace, Interactions } from './interactions.ts';
import { richText } from './richText.ts';
import type { FakeChannel, FakeMessage, Json, State } from './State.ts';
import { applyViewAnswer, findView, stateValues } from './viewStack.ts';
import { channelNamed, joinChannel, leaveChannel } from './workspace.ts';

export interface Spot {
  readonly channel: string;
  readonly ts: string;
}

export interface Said extends Spot {
  readonly threadTs?: string;
}

export interface SayOptions {
  /** The ts of the thread's root. */
  readonly thread?: string;
  /** Shown in the channel too (`thread_broadcast`). */
  readonly broadcast?: boolean;
  /** File ids, made by `slack.file`. */
  readonly files?: readonly string[];
  readonly blocks?: Json[];
}

/** A person at the keyboard. What they could not do in Slack throws. */
export interface Person {
  /** Says it as the wire has it: `<@U…>` for a person, `&lt;` for a `<`. `channel`: an id, or `dm` for the app's. */
  says(channel: string, text: string, options?: SayOptions): Said;
  edits(message: Spot, text: string): void;
  deletes(message: Spot): void;
  reacts(message: Spot, name: string): void;
  unreacts(message: Spot, name: string): void;
  /** Clicks the button of that action id or value, in a message or in an open view. Resolves with the app's answer. */
  clicks(where: Spot | { readonly view: string }, actionIdOrValue: string): Promise<Answer>;
  /** Submits an open modal (named by id or callback id) with what was typed, by action id or block id. */
  submits(view: string, values?: Readonly<Record<string, Json>>): Promise<Answer>;
  closes(view: string): Promise<Answer>;
  runs(command: string, text: string, channel?: string): Promise<Answer>;
  usesShortcut(callbackId: string, message: Spot): Promise<Answer>;
  joins(channel: string): void;
  leaves(channel: string): void;
  opensHome(tab?: 'home' | 'messages'): void;
  /** Opens the assistant pane, from some channel or from nowhere; returns its thread. */
  opensAssistant(fromChannel?: string): { readonly channel: string; readonly threadTs: string };
  /** Walks to another channel with the pane open. */
  walksTo(channel: string, thread: { readonly channel: string; readonly threadTs: string }): void;
  /** Stops a message that is streaming. */
  stops(message: Spot): void;
}

export interface UserSideParts {
  readonly state: State;
  readonly events: Events;
  readonly interactions: Interactions;
}

export function createPerson(parts: UserSideParts, userId: string): Person {
  const { state, events, interactions } = parts;
  const user = state.users.get(userId);
  if (!user) throw new Error(`There is no user ${userId}.`);

  function channelOf(id: string): FakeChannel {
    if (id === 'dm') return directChannel(state, [userId, state.app.botUserId]);
    const channel = state.channels.get(id);
    if (!channel || channel.isDeleted) throw new Error(`There is no channel ${id}.`);
    if (channel.kind !== 'public' && !channel.members.has(userId)) throw new Error(`${userId} is not in ${id}.`);
    return channel;
  }
  function messageAt({ channel, ts }: Spot): { channel: FakeChannel; message: FakeMessage } {
    const found = channelOf(channel);
    const message = found.messages.get(ts);
    if (!message) throw new Error(`There is no message ${ts} in ${channel}.`);
    return { channel: found, message };
  }
  function own(spot: Spot) {
    const found = messageAt(spot);
    if (found.message.user !== userId) throw new Error(`${spot.ts} is not a message of ${userId}.`);
    return found;
  }
  const reacts = (spot: Spot, name: string, isAdded: boolean) => {
    const { channel, message } = messageAt(spot);
    if (!react(parts, channel, message, { user: userId, name, isAdded })) throw new Error(`No change of :${name}:.`);
  };

  return {
    says(where, text, options = {}) {
      const channel = channelOf(where);
      if (!channel.members.has(userId)) throw new Error(`${userId} is not in ${channel.id}.`);
      if (channel.isArchived) throw new Error(`${channel.id} is archived.`);
      const { thread, broadcast, files, blocks } = options;
      if (thread && !channel.messages.has(thread)) throw new Error(`There is no thread ${thread}.`);
      const message = addMessage(parts, channel, {
        user: userId,
        text,
        blocks: blocks ?? [richText(text, state.nextId('blk'))],
        clientMsgId: crypto.randomUUID(),
        ...(thread ? { threadTs: thread } : {}),
        ...(broadcast ? { isBroadcast: true } : {}),
        ...(files ? { files, subtype: 'file_share' } : {}),
      });
      return { channel: channel.id, ts: message.ts, ...(thread ? { threadTs: thread } : {}) };
    },
    edits(spot, text) {
      const { channel, message } = own(spot);
      const edited = { user: userId, ts: state.nextTs() };
      editMessage(parts, channel, message, { text, edited, blocks: [richText(text, state.nextId('blk'))] });
    },
    deletes(spot) {
      const { channel, message } = own(spot);
      deleteMessage(parts, channel, message);
    },
    reacts: (spot, name) => reacts(spot, name, true),
    unreacts: (spot, name) => reacts(spot, name, false),

    async clicks(where, actionIdOrValue) {
      let place: ClickPlace;
      let blocks: Json[];
      if ('view' in where) {
        const view = findView(state, where.view, userId);
        place = { view };
        blocks = view.payload.blocks;
      } else {
        const channel = channelOf(where.channel);
        const ephemeral = channel.ephemerals.find((one) => one.ts === where.ts && one.userId === userId);
        blocks = ephemeral?.blocks ?? messageAt(where).message.blocks ?? [];
        place = { channel, ts: where.ts, isEphemeral: ephemeral !== undefined };
      }
      return interactions.block(user, place, findAction(blocks, actionIdOrValue));
    },
    async submits(name, values = {}) {
      const view = findView(state, name, userId);
      const answer = await interactions.view(user, 'view_submission', view, stateValues(view.payload.blocks, values));
      if (answer.isAcked) applyViewAnswer(state, view, answer.payload);
      return answer;
    },
    async closes(name) {
      const view = findView(state, name, userId);
      view.isOpen = false;
      if (!view.payload.notify_on_close) return { isAcked: true };
      return interactions.view(user, 'view_closed', view, {});
    },
    runs: async (command, text, where = 'dm') => interactions.command(user, command, text, channelOf(where)),
    usesShortcut: async (callbackId, spot) =>
      interactions.messageShortcut(user, callbackId, channelOf(spot.channel), spot.ts),

    joins: (id) => void joinChannel(parts, channelNamed(state, id), userId),
    leaves: (id) => void leaveChannel(parts, channelNamed(state, id), userId),
    opensHome(tab = 'home') {
      const channel = channelOf('dm');
      const view = [...state.views.values()].find((one) => one.type === 'home' && one.userId === userId);
      const shown = tab === 'home' && view ? { view: view.payload } : {};
      events.emit({
        type: 'app_home_opened',
        user: userId,
        channel: channel.id,
        tab,
        ...shown,
        event_ts: state.nextTs(),
      });
    },
    opensAssistant(fromChannel) {
      const channel = channelOf('dm');
      const { botUserId: bot, botId, id: appId } = state.app;
      const title = 'New Assistant Thread';
      const draft = { user: bot, botId, appId, text: title, subtype: 'assistant_app_thread' };
      const message = addMessage(parts, channel, {
        ...draft,
        extra: { assistant_app_thread: { title, title_blocks: [] } },
      });
      const thread = { userId, channelId: channel.id, threadTs: message.ts, context: contextOf(state, fromChannel) };
      channel.assistantThreads.set(message.ts, thread);
      announceAssistant(parts, 'assistant_thread_started', thread);
      return { channel: channel.id, threadTs: message.ts };
    },
    walksTo(channelId, { channel, threadTs }) {
      const thread = channelOf(channel).assistantThreads.get(threadTs);
      if (!thread) throw new Error(`There is no assistant thread ${threadTs}.`);
      thread.context = contextOf(state, channelId);
      announceAssistant(parts, 'assistant_thread_context_changed', thread);
    },
    stops(spot) {
      const { channel, message } = messageAt(spot);
      if (message.stream?.state !== 'in_progress') throw new Error(`${spot.ts} is not streaming.`);
      editMessage(parts, channel, message, { stream: { ...message.stream, state: 'stopped' } });
    },
  };
}
