import { compareIds } from '../createState.ts';
import { may } from '../permissions.ts';
import { refusal } from '../Refused.ts';
import type { Route, RouteCall } from '../Route.ts';
import { clearReactions, react } from '../reactions.ts';
import { renderUser } from '../render/people.ts';
import { channelFor, messageIn, numberOf } from './access.ts';

const base = '/channels/:channel/messages/:message/reactions';
const mostEmojis = 20;

/** `👍`, `👍🏽`, or `name:id` of a server's own. */
const emojiPattern = /^(\p{RGI_Emoji}|[\w~]{2,32}:\d{15,20})$/v;

function place(call: RouteCall) {
  const { state, params } = call;
  const channel = channelFor(call, params.channel);
  if (!may(state, channel, state.app.botUserId, 'ReadMessageHistory')) throw refusal(50013);
  const message = messageIn(channel, params.message);
  const { emoji = '' } = params;
  if (params.emoji !== undefined && !emojiPattern.test(emoji)) throw refusal(10014);
  return { channel, message, emoji };
}

function writingPlace(call: RouteCall) {
  const found = place(call);
  if (found.channel.thread?.isArchived) throw refusal(50083);
  return found;
}

export const reactionRoutes: readonly Route[] = [
  {
    route: `PUT ${base}/:emoji/@me`,
    run(call) {
      const { state, params } = call;
      const { channel, message, emoji } = writingPlace(call);
      // Joining in takes no permission, the first one does.
      if (!message.reactions.has(emoji)) channelFor(call, params.channel, 'AddReactions');
      if (!message.reactions.has(emoji) && message.reactions.size >= mostEmojis) throw refusal(30010);
      react(call, channel, message, { userId: state.app.botUserId, emoji, isAdded: true });
    },
  },
  {
    route: `DELETE ${base}/:emoji/@me`,
    run(call) {
      const { channel, message, emoji } = writingPlace(call);
      react(call, channel, message, { userId: call.state.app.botUserId, emoji, isAdded: false });
    },
  },
  {
    route: `DELETE ${base}/:emoji/:user`,
    run(call) {
      const { channel, message, emoji } = writingPlace(call);
      channelFor(call, channel.id, 'ManageMessages');
      react(call, channel, message, { userId: call.params.user ?? '', emoji, isAdded: false });
    },
  },
  {
    route: `GET ${base}/:emoji`,
    run(call) {
      const { message, emoji } = place(call);
      const limit = numberOf(call.query, 'limit', 25, 1, 100);
      const after = call.query.get('after') ?? '0';
      return [...(message.reactions.get(emoji) ?? [])]
        .sort(compareIds)
        .filter((id) => compareIds(id, after) > 0)
        .slice(0, limit)
        .map((id) => renderUser(call.state, id));
    },
  },
  {
    route: `DELETE ${base}`,
    run(call) {
      const { channel, message } = writingPlace(call);
      channelFor(call, channel.id, 'ManageMessages');
      clearReactions(call, channel, message);
    },
  },
  {
    route: `DELETE ${base}/:emoji`,
    run(call) {
      const { channel, message, emoji } = writingPlace(call);
      channelFor(call, channel.id, 'ManageMessages');
      clearReactions(call, channel, message, emoji);
    },
  },
];
