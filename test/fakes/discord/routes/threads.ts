import { compareIds } from '../createState.ts';
import { asEmbed } from '../messageBody.ts';
import { addMessage } from '../messages.ts';
import { may } from '../permissions.ts';
import { invalidForm, refusal } from '../Refused.ts';
import type { Route, RouteCall } from '../Route.ts';
import { renderChannel, threadMember } from '../render/channels.ts';
import type { FakeChannel, Json } from '../State.ts';
import { joinThread, leaveThread, startThread } from '../threads.ts';
import { validateMessage } from '../validateMessage.ts';
import { channelFor, messageIn, numberOf } from './access.ts';
import { shown } from './messages.ts';

function nameOf(body: Json): string {
  const name = String(body.name ?? '');
  if (name.length >= 1 && name.length <= 100) return name;
  throw invalidForm({ name: ['BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.'] });
}

/** Threads of messages; a forum's come with their first message. */
function begin(call: RouteCall): Json {
  const { state, params, body, files } = call;
  const channel = channelFor(call, params.channel);
  const ownerId = state.app.botUserId;
  const isForum = channel.kind === 'forum' || channel.kind === 'media';
  const isPrivate = !isForum && params.message === undefined && (body.type ?? 12) === 12;
  if (channel.thread || channel.kind === 'dm') throw refusal(50024);
  const needed = isForum ? 'SendMessages' : isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads';
  channelFor(call, channel.id, needed);
  const name = nameOf(body);
  const usual = channel.kind === 'announcement' ? 'announcementThread' : 'publicThread';
  const kind = isPrivate ? 'privateThread' : usual;
  const { message = {}, applied_tags: appliedTags = [] } = body;
  if (isForum) validateMessage(message, files);
  if (params.message !== undefined && state.channels.has(messageIn(channel, params.message).id)) throw refusal(160004);
  const id = params.message === undefined ? {} : { id: params.message };
  const thread = startThread(call, channel, { name, ownerId, kind, appliedTags, ...id });
  if (params.message !== undefined) {
    addMessage(call, thread, { authorId: ownerId, content: '', type: 21, replyTo: params.message, withoutPing: true });
  }
  if (!isForum) return renderChannel(state, thread);
  const first = addMessage(call, thread, {
    ...{ id: thread.id, authorId: ownerId, content: message.content ?? '' },
    ...{ embeds: (message.embeds ?? []).map(asEmbed), components: message.components ?? [], attachments: [...files] },
    allowedMentions: message.allowed_mentions,
  });
  return { ...renderChannel(state, thread), message: shown(state, first) };
}

/** Archived threads, the last archived first (the bot's own private ones: the newest first). */
function archived(call: RouteCall, kind: 'public' | 'private' | 'joined'): Json {
  const { state, params, query } = call;
  const parent = channelFor(call, params.channel);
  if (!may(state, parent, state.app.botUserId, 'ReadMessageHistory')) throw refusal(50001);
  if (kind === 'private') channelFor(call, parent.id, 'ManageThreads');
  const limit = numberOf(query, 'limit', 50, 1, 100);
  const before = query.get('before');
  const fits = (one: FakeChannel) => {
    if (one.parentId !== parent.id || !one.thread?.isArchived) return false;
    if ((one.kind === 'privateThread') !== (kind !== 'public')) return false;
    if (kind === 'joined' && !one.thread.members.has(state.app.botUserId)) return false;
    if (before === null) return true;
    return kind === 'joined' ? compareIds(one.id, before) < 0 : one.thread.archivedMs < Date.parse(before);
  };
  const age = (a: FakeChannel, b: FakeChannel) =>
    kind === 'joined' ? compareIds(b.id, a.id) : (b.thread?.archivedMs ?? 0) - (a.thread?.archivedMs ?? 0);
  const all = [...state.channels.values()].filter(fits).sort(age);
  const page = all.slice(0, limit);
  const own = page.flatMap(({ id, thread }) => {
    const joinedMs = thread?.members.get(state.app.botUserId);
    return joinedMs === undefined ? [] : [threadMember(id, state.app.botUserId, joinedMs)];
  });
  return {
    threads: page.map((thread) => renderChannel(state, thread)),
    members: own,
    has_more: all.length > page.length,
  };
}

function threadOf(call: RouteCall): FakeChannel & { thread: NonNullable<FakeChannel['thread']> } {
  const channel = channelFor(call, call.params.channel);
  if (!channel.thread) throw refusal(50024);
  return channel as FakeChannel & { thread: NonNullable<FakeChannel['thread']> };
}

function openThread(call: RouteCall): FakeChannel {
  const channel = threadOf(call);
  if (channel.thread.isArchived) throw refusal(50083);
  return channel;
}

const members = '/channels/:channel/thread-members';

export const threadRoutes: readonly Route[] = [
  { route: 'POST /channels/:channel/threads', status: 201, run: begin },
  { route: 'POST /channels/:channel/messages/:message/threads', status: 201, run: begin },
  { route: 'GET /channels/:channel/threads/archived/public', run: (call) => archived(call, 'public') },
  { route: 'GET /channels/:channel/threads/archived/private', run: (call) => archived(call, 'private') },
  { route: 'GET /channels/:channel/users/@me/threads/archived/private', run: (call) => archived(call, 'joined') },
  {
    route: `GET ${members}`,
    run(call) {
      const { id, thread } = threadOf(call);
      return [...thread.members].map(([userId, joinedMs]) => threadMember(id, userId, joinedMs));
    },
  },
  {
    route: `GET ${members}/:user`,
    run(call) {
      const { id, thread } = threadOf(call);
      const userId = call.params.user === '@me' ? call.state.app.botUserId : (call.params.user ?? '');
      const joinedMs = thread.members.get(userId);
      if (joinedMs === undefined) throw refusal(10007);
      return threadMember(id, userId, joinedMs);
    },
  },
  { route: `PUT ${members}/@me`, run: (call) => joinThread(call, openThread(call), call.state.app.botUserId) },
  { route: `DELETE ${members}/@me`, run: (call) => leaveThread(call, openThread(call), call.state.app.botUserId) },
  { route: `PUT ${members}/:user`, run: (call) => joinThread(call, openThread(call), call.params.user ?? '') },
  {
    route: `DELETE ${members}/:user`,
    run(call) {
      const thread = openThread(call);
      channelFor(call, thread.id, 'ManageThreads');
      leaveThread(call, thread, call.params.user ?? '');
    },
  },
];
