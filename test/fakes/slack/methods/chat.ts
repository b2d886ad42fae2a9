import { z } from 'zod';
import { findChannel, findMessage, findPlaceToPost } from '../access.ts';
import { flag, text } from '../args.ts';
import { contentArgs, metadataArg, readContent, readMetadata } from '../content.ts';
import { addMessage, deleteMessage, editMessage } from '../conversation.ts';
import { type MethodCall, method } from '../Method.ts';
import { Refused } from '../Refused.ts';
import { renderMessage } from '../render.ts';
import type { FakeChannel, FakeMessage, Json, State } from '../State.ts';
import { permalink } from './reactions.ts';

const mostTextInUpdate = 4000;
const styling = {
  as_user: flag.optional(),
  link_names: flag.optional(),
  parse: text.optional(),
  username: text.optional(),
  icon_emoji: text.optional(),
  icon_url: text.optional(),
};

/** The message that a reply goes under: its thread's root. A reply's own ts counts as the root's. */
export function findRoot(
  { state }: { readonly state: State },
  channel: FakeChannel,
  threadTs: string | undefined,
): FakeMessage | undefined {
  if (!threadTs) return undefined;
  const named = channel.messages.get(threadTs);
  if (named?.threadTs) state.violations.push(`thread_ts ${threadTs} is a reply's; it should be its parent's`);
  const root = named?.threadTs ? channel.messages.get(named.threadTs) : named;
  if (!root) throw new Refused('thread_not_found');
  if (root.subtype && ['channel_join', 'channel_leave', 'tombstone'].includes(root.subtype)) {
    throw new Refused('cannot_reply_to_message');
  }
  return root;
}

/** A message of the app's own, which alone it may change. */
function findOwn({ state }: MethodCall, channel: FakeChannel, ts: string, error: string): FakeMessage {
  const message = findMessage(channel, ts);
  if (message.user !== state.app.botUserId) throw new Refused(error);
  return message;
}

/** Who a message of the app is by. */
export function author({ state }: MethodCall): { user: string; botId: string; appId: string } {
  return { user: state.app.botUserId, botId: state.app.botId, appId: state.app.id };
}

function warned(warnings: readonly string[]): Json {
  return warnings.length > 0 ? { warning: warnings.join(','), response_metadata: { warnings } } : {};
}

export const chatMethods = {
  'chat.postMessage': method({
    tier: 'post',
    scopes: ['chat:write'],
    args: z.object({
      ...contentArgs,
      ...styling,
      channel: text,
      metadata: metadataArg,
      mrkdwn: flag.optional(),
      reply_broadcast: flag.optional(),
      thread_ts: text.optional(),
      unfurl_links: flag.optional(),
      unfurl_media: flag.optional(),
    }),
    run(args, call) {
      const channel = findPlaceToPost(call, args.channel);
      const { warnings, ...content } = readContent(call.state, args);
      const metadata = readMetadata(args.metadata);
      const root = findRoot(call, channel, args.thread_ts);
      const message = addMessage(call, channel, {
        ...author(call),
        ...content,
        ...(root ? { threadTs: root.ts, isBroadcast: args.reply_broadcast ?? false } : {}),
        ...(metadata ? { metadata } : {}),
        ...(args.username ? { username: args.username } : {}),
      });
      const rendered = renderMessage(call.state, channel, message, { metadata: true, counts: false });
      return { channel: channel.id, ts: message.ts, message: rendered, ...warned(warnings) };
    },
  }),

  'chat.postEphemeral': method({
    tier: 4,
    scopes: ['chat:write'],
    args: z.object({ ...contentArgs, ...styling, channel: text, user: text, thread_ts: text.optional() }),
    run(args, { state, ...call }) {
      const channel = findPlaceToPost({ state, ...call }, args.channel);
      if (!channel.members.has(args.user)) throw new Refused('user_not_in_channel');
      const { text: said, blocks } = readContent(state, args);
      const root = findRoot({ state }, channel, args.thread_ts);
      const ts = state.nextTs();
      const thread = root ? { threadTs: root.ts } : {};
      channel.ephemerals.push({ ts, userId: args.user, text: said, blocks, ...thread });
      return { message_ts: ts };
    },
  }),

  'chat.update': method({
    tier: 3,
    scopes: ['chat:write'],
    args: z.object({
      ...contentArgs,
      channel: text,
      ts: text,
      metadata: metadataArg,
      as_user: flag.optional(),
      link_names: flag.optional(),
      parse: text.optional(),
      reply_broadcast: flag.optional(),
      file_ids: text.optional(),
    }),
    run(args, call) {
      const { state } = call;
      const channel = findChannel(state, args.channel);
      const message = findOwn(call, channel, args.ts, 'cant_update_message');
      if (channel.isArchived) throw new Refused('is_inactive');
      if (message.stream?.state === 'in_progress') throw new Refused('streaming_state_conflict');
      const { warnings, ...content } = readContent(state, args, { textMost: mostTextInUpdate });
      const metadata = readMetadata(args.metadata);
      const edited = { user: state.app.botUserId, ts: state.nextTs() };
      editMessage(call, channel, message, { ...content, edited, ...(metadata ? { metadata } : {}) });
      const rendered = renderMessage(state, channel, message, { metadata: true, counts: false });
      return { channel: channel.id, ts: message.ts, text: message.text, message: rendered, ...warned(warnings) };
    },
  }),

  'chat.delete': method({
    tier: 3,
    scopes: ['chat:write'],
    args: z.object({ channel: text, ts: text, as_user: flag.optional() }),
    run(args, call) {
      const channel = findChannel(call.state, args.channel);
      deleteMessage(call, channel, findOwn(call, channel, args.ts, 'cant_delete_message'));
      return { channel: channel.id, ts: args.ts };
    },
  }),

  'chat.getPermalink': method({
    tier: 'unlimited',
    scopes: [],
    args: z.object({ channel: text, message_ts: text }),
    run(args, { state }) {
      const channel = findChannel(state, args.channel);
      const { ts, threadTs } = findMessage(channel, args.message_ts);
      return { channel: channel.id, permalink: permalink(state.team.domain, channel.id, ts, threadTs) };
    },
  }),
};
