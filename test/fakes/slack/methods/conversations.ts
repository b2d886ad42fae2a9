import { z } from 'zod';
import { findChannel, findChannelToRead, needScope } from '../access.ts';
import { count, flag, ids, text } from '../args.ts';
import { directChannel } from '../createState.ts';
import { type MethodCall, method } from '../Method.ts';
import { page } from '../paging.ts';
import { Refused } from '../Refused.ts';
import { renderChannel, renderMessage, repliesOf } from '../render.ts';
import type { ChannelKind, FakeMessage } from '../State.ts';
import { scopeFor } from '../subscriptions.ts';

const kinds = ['public', 'private', 'im', 'mpim'] as const;
const reading = kinds.map((kind) => scopeFor('history', kind));
const knowing = kinds.map((kind) => scopeFor('read', kind));

const window = {
  channel: text,
  cursor: text.optional(),
  limit: count.optional(),
  latest: text.optional(),
  oldest: text.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};
type Window = { latest?: string | undefined; oldest?: string | undefined; inclusive?: boolean | undefined };

function within(messages: readonly FakeMessage[], args: Window): FakeMessage[] {
  const { latest, oldest, inclusive = false } = args;
  if (latest && !Number.isFinite(Number(latest))) throw new Refused('invalid_ts_latest');
  if (oldest && !Number.isFinite(Number(oldest))) throw new Refused('invalid_ts_oldest');
  const from = Number(oldest ?? 0);
  const to = Number(latest ?? Number.POSITIVE_INFINITY);
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > from && at < to) || (inclusive && (ts === oldest || ts === latest));
  });
}

function findKnown(call: MethodCall, id: string) {
  const channel = findChannel(call.state, id);
  needScope(call, scopeFor('read', channel.kind));
  return channel;
}

export const conversationMethods = {
  'conversations.history': method({
    tier: 3,
    scopes: reading,
    args: z.object(window),
    run(args, call) {
      const channel = findChannelToRead(call, args.channel);
      // A thread's replies are not part of a channel's history, unless they were sent to the channel too.
      const own = [...channel.messages.values()].filter((one) => !one.threadTs || one.isBroadcast);
      const found = within(own, args).reverse();
      const { items, hasMore, response_metadata } = page(found, args, { usual: 100, most: 999, isCut: true });
      const metadata = args.include_all_metadata ?? false;
      return {
        messages: items.map((one) => renderMessage(call.state, channel, one, { metadata })),
        has_more: hasMore,
        pin_count: 0,
        channel_actions_ts: null,
        channel_actions_count: 0,
        ...(hasMore ? { response_metadata } : {}),
      };
    },
  }),

  'conversations.replies': method({
    tier: 3,
    scopes: reading,
    args: z.object({ ...window, ts: text }),
    run(args, call) {
      const channel = findChannelToRead(call, args.channel);
      const named = channel.messages.get(args.ts);
      if (!named) throw new Refused('thread_not_found');
      // Asked for by a reply's ts, Slack gives that reply alone.
      const root = named;
      // The root comes first on every page, whatever the window.
      const found = within(repliesOf(channel, root.ts), args);
      const { items, hasMore, response_metadata } = page(found, args, { usual: 999, most: 1000, isCut: true });
      const metadata = args.include_all_metadata ?? false;
      return {
        messages: [root, ...items].map((one) => renderMessage(call.state, channel, one, { metadata })),
        has_more: hasMore,
        ...(hasMore ? { response_metadata } : {}),
      };
    },
  }),

  'conversations.info': method({
    tier: 3,
    scopes: knowing,
    args: z.object({ channel: text, include_locale: flag.optional(), include_num_members: flag.optional() }),
    run(args, call) {
      const channel = findKnown(call, args.channel);
      const num_members = channel.members.size;
      return {
        channel: { ...renderChannel(call.state, channel), ...(args.include_num_members ? { num_members } : {}) },
      };
    },
  }),

  'conversations.members': method({
    tier: 4,
    scopes: knowing,
    args: z.object({ channel: text, cursor: text.optional(), limit: count.optional() }),
    run(args, call) {
      const channel = findKnown(call, args.channel);
      const { items, response_metadata } = page([...channel.members], args, { usual: 100, most: 1000 });
      return { members: items, response_metadata };
    },
  }),

  'conversations.list': method({
    tier: 2,
    scopes: knowing,
    args: z.object({
      cursor: text.optional(),
      limit: count.optional(),
      exclude_archived: flag.optional(),
      types: text.optional(),
    }),
    run(args, call) {
      const { state } = call;
      const names = (args.types ?? 'public_channel').split(',').map((name) => name.trim());
      const asked = names.map((name): ChannelKind => {
        const kind = name.replace('_channel', '') as ChannelKind;
        if (!kinds.includes(kind)) throw new Refused('invalid_types');
        needScope(call, scopeFor('read', kind));
        return kind;
      });
      const found = [...state.channels.values()].filter(
        (one) =>
          asked.includes(one.kind) &&
          !one.isDeleted &&
          (one.kind === 'public' || one.members.has(state.app.botUserId)) &&
          !(args.exclude_archived && one.isArchived),
      );
      const { items, response_metadata } = page(found, args, { usual: 100, most: 1000 });
      const channels = items.map((one) => ({ ...renderChannel(state, one), num_members: one.members.size }));
      return { channels, response_metadata };
    },
  }),

  'conversations.open': method({
    tier: 3,
    scopes: ['channels:manage', 'groups:write', 'im:write', 'mpim:write'],
    args: z.object({
      channel: text.optional(),
      users: ids.optional(),
      return_im: flag.optional(),
      prevent_creation: flag.optional(),
    }),
    run(args, call) {
      const { state } = call;
      if (args.channel) return { channel: { id: findChannel(state, args.channel).id } };
      const users = args.users ?? [];
      if (users.length === 0) throw new Refused('users_list_not_supplied');
      if (users.length > 8) throw new Refused('too_many_users');
      for (const id of users) {
        const user = state.users.get(id);
        if (!user) throw new Refused('user_not_found');
        if (user.deleted) throw new Refused('user_disabled');
      }
      const kind = users.length > 1 ? 'mpim' : 'im';
      needScope(call, scopeFor('write', kind));
      const before = state.channels.size;
      const channel = directChannel(state, [...users, state.app.botUserId]);
      const already = before === state.channels.size ? { no_op: true, already_open: true } : {};
      return { ...already, channel: args.return_im ? renderChannel(state, channel) : { id: channel.id } };
    },
  }),
};
