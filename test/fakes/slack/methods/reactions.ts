import { z } from 'zod';
import { findChannel, findMessage } from '../access.ts';
import { flag, text } from '../args.ts';
import { react } from '../conversation.ts';
import { type MethodCall, method } from '../Method.ts';
import { Refused } from '../Refused.ts';
import { renderMessage, renderReactions } from '../render.ts';

const item = { channel: text.optional(), timestamp: text.optional() };

function findItem(args: { channel?: string | undefined; timestamp?: string | undefined }, { state }: MethodCall) {
  if (!args.channel || !args.timestamp) throw new Refused('no_item_specified');
  if (!/^\d+\.\d{6}$/.test(args.timestamp)) throw new Refused('bad_timestamp');
  const channel = findChannel(state, args.channel);
  if (!channel.members.has(state.app.botUserId)) throw new Refused('not_in_channel');
  return { channel, message: findMessage(channel, args.timestamp) };
}

function checkName(name: string): void {
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refused('invalid_name');
}

export const reactionMethods = {
  'reactions.add': method({
    tier: 3,
    scopes: ['reactions:write'],
    args: z.object({ ...item, name: text }),
    run({ name, ...args }, call) {
      checkName(name);
      const { channel, message } = findItem(args, call);
      if (channel.isArchived) throw new Refused('is_archived');
      const isDone = react(call, channel, message, { user: call.state.app.botUserId, name, isAdded: true });
      if (!isDone) throw new Refused('already_reacted');
      return {};
    },
  }),

  'reactions.remove': method({
    tier: 2,
    scopes: ['reactions:write'],
    args: z.object({ ...item, name: text }),
    run({ name, ...args }, call) {
      checkName(name);
      const { channel, message } = findItem(args, call);
      const isDone = react(call, channel, message, { user: call.state.app.botUserId, name, isAdded: false });
      if (!isDone) throw new Refused('no_reaction');
      return {};
    },
  }),

  'reactions.get': method({
    tier: 3,
    scopes: ['reactions:read'],
    args: z.object({ ...item, full: flag.optional() }),
    run(args, call) {
      const { channel, message } = findItem(args, call);
      const { state } = call;
      const link = permalink(state.team.domain, channel.id, message.ts, message.threadTs);
      const reactions = message.reactions.size > 0 ? { reactions: renderReactions(message) } : {};
      const rendered = { ...renderMessage(state, channel, message), ...reactions, permalink: link };
      return { type: 'message', channel: channel.id, message: rendered };
    },
  }),
};

/** As chat.getPermalink gives it. */
export function permalink(domain: string, channelId: string, ts: string, threadTs: string | undefined): string {
  const link = `https://${domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  return threadTs && threadTs !== ts ? `${link}?thread_ts=${threadTs}&cid=${channelId}` : link;
}
