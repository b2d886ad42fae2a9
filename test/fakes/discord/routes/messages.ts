import { isTextual } from '../channels.ts';
import { compareIds, madeAtMs } from '../createState.ts';
import { intentBits } from '../intents.ts';
import { asEmbed, changeOf } from '../messageBody.ts';
import { addMessage, deleteMessages, editMessage } from '../messages.ts';
import { channelPermissions, may, sendingBit } from '../permissions.ts';
import { invalidForm, refusal } from '../Refused.ts';
import type { Route, RouteCall } from '../Route.ts';
import { renderMessage } from '../render/messages.ts';
import type { FakeChannel, FakeMessage, Json, State } from '../State.ts';
import { validateMessage } from '../validateMessage.ts';
import { channelFor, messageIn, numberOf } from './access.ts';

/** Over REST the switch of the portal decides who reads content. */
export function shown(state: State, message: FakeMessage): Json {
  return renderMessage(state, message, { hasContent: (state.allowedIntents & intentBits.MessageContent) !== 0 });
}

const list: Route = {
  route: 'GET /channels/:channel/messages',
  run(call) {
    const { state, params, query } = call;
    const channel = channelFor(call, params.channel);
    if (!isTextual(channel)) throw refusal(50024);
    const limit = numberOf(query, 'limit', 50, 1, 100);
    // Without this permission there is simply nothing.
    if (!may(state, channel, state.app.botUserId, 'ReadMessageHistory')) return [];
    const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
    const all = [...channel.messages.values()];
    const from = (id: string) => all.findIndex((one) => compareIds(one.id, id) >= 0);
    const at = (id: string) => (from(id) < 0 ? all.length : from(id));
    let page: FakeMessage[];
    if (around) {
      const middle = at(around);
      page = all.slice(Math.max(0, middle - Math.floor(limit / 2)), middle + Math.ceil(limit / 2));
    } else if (after) {
      const start = all.findIndex((one) => compareIds(one.id, after) > 0);
      page = start < 0 ? [] : all.slice(start, start + limit);
    } else {
      const end = before ? at(before) : all.length;
      page = all.slice(Math.max(0, end - limit), end);
    }
    return page.reverse().map((message) => shown(state, message));
  },
};

const get: Route = {
  route: 'GET /channels/:channel/messages/:message',
  run(call) {
    const { state, params } = call;
    const channel = channelFor(call, params.channel);
    if (!may(state, channel, state.app.botUserId, 'ReadMessageHistory')) throw refusal(50001);
    return shown(state, messageIn(channel, params.message));
  },
};

const create: Route = {
  route: 'POST /channels/:channel/messages',
  run(call) {
    const { state, params, body, files } = call;
    const channel = channelFor(call, params.channel);
    if (!isTextual(channel)) throw refusal(50008);
    checkSending(state, channel);
    validateMessage(body, files);
    const twin = findTwin(state, channel, body);
    if (twin) return renderMessage(state, twin, { hasContent: true, isNew: true });
    const replyTo = repliedTo(call, channel);
    const message = addMessage(call, channel, {
      authorId: state.app.botUserId,
      content: body.content ?? '',
      embeds: (body.embeds ?? []).map(asEmbed),
      components: body.components ?? [],
      attachments: [...files],
      flags: body.flags ?? 0,
      allowedMentions: body.allowed_mentions,
      ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
      ...(replyTo === undefined ? {} : { replyTo }),
    });
    return renderMessage(state, message, { hasContent: true, isNew: true });
  },
};

export function checkSending(state: State, channel: FakeChannel): void {
  if (channel.kind === 'dm' && !takesDms(state, channel.recipientId ?? '')) throw refusal(50007);
  const all = channelPermissions(state, channel, state.app.botUserId);
  if ((all & sendingBit(channel)) === 0n) throw refusal(50013);
  if (channel.thread?.isArchived && channel.thread.isLocked) throw refusal(160005);
}

/** Who shuts the bot out, or shares no server with it, is out of its reach. */
function takesDms(state: State, userId: string): boolean {
  if (state.users.get(userId)?.hasDmsClosed) return false;
  return [...state.guilds.values()].some(({ members }) => members.has(userId) && members.has(state.app.botUserId));
}

/** With `enforce_nonce` a message of the last minutes with the same nonce is given in place of a second one. */
function findTwin(state: State, channel: FakeChannel, body: Json): FakeMessage | undefined {
  if (body.enforce_nonce !== true || body.nonce === undefined) return undefined;
  const sinceMs = state.clock.now() - 300_000;
  for (const message of [...channel.messages.values()].reverse()) {
    if (message.atMs < sinceMs) return undefined;
    const isOwn = message.authorId === state.app.botUserId;
    if (isOwn && message.nonce !== undefined && String(message.nonce) === String(body.nonce)) return message;
  }
  return undefined;
}

function repliedTo({ state, body }: RouteCall, channel: FakeChannel): string | undefined {
  const id = body.message_reference?.message_id;
  if (id === undefined) return undefined;
  if (!may(state, channel, state.app.botUserId, 'ReadMessageHistory')) throw refusal(160002);
  if (channel.messages.has(id)) return id;
  if (body.message_reference.fail_if_not_exists === false) return undefined;
  throw invalidForm({ message_reference: ['REPLIES_UNKNOWN_MESSAGE', 'Unknown message'] });
}

const edit: Route = {
  route: 'PATCH /channels/:channel/messages/:message',
  run(call) {
    const { state, params, body, files } = call;
    const channel = channelFor(call, params.channel);
    const message = messageIn(channel, params.message);
    if (message.authorId !== state.app.botUserId) throw refusal(50005);
    if (channel.thread?.isArchived) throw refusal(50083);
    validateMessage(body, files, true);
    editMessage(call, channel, message, changeOf(call, message));
    return shown(state, message);
  },
};

const remove: Route = {
  route: 'DELETE /channels/:channel/messages/:message',
  run(call) {
    const { state, params } = call;
    const channel = channelFor(call, params.channel);
    const message = messageIn(channel, params.message);
    if (channel.thread?.isArchived) throw refusal(50083);
    if (message.authorId !== state.app.botUserId) {
      if (channel.kind === 'dm') throw refusal(50003);
      channelFor(call, params.channel, 'ManageMessages');
    }
    deleteMessages(call, channel, [message.id]);
  },
};

const removeMany: Route = {
  route: 'POST /channels/:channel/messages/bulk-delete',
  run(call) {
    const { state, params, body } = call;
    const channel = channelFor(call, params.channel, 'ManageMessages');
    const ids: string[] = body.messages ?? [];
    if (ids.length < 2 || ids.length > 100) {
      throw invalidForm({ messages: ['BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.'] });
    }
    if (ids.some((id) => madeAtMs(id) < state.clock.now() - 14 * 86_400_000)) throw refusal(50034);
    deleteMessages(call, channel, ids, true);
  },
};

export const messageRoutes: readonly Route[] = [list, get, create, edit, remove, removeMany];
