import { announceChange } from '../messages.ts';
import { may } from '../permissions.ts';
import { refusal } from '../Refused.ts';
import type { Route, RouteCall } from '../Route.ts';
import { iso } from '../render/people.ts';
import { channelFor, messageIn, numberOf } from './access.ts';
import { shown } from './messages.ts';

const most = 250;

function pinned(call: RouteCall) {
  const { state, params } = call;
  const channel = channelFor(call, params.channel);
  if (!may(state, channel, state.app.botUserId, 'ReadMessageHistory')) return [];
  return [...channel.messages.values()].filter(({ isPinned }) => isPinned).reverse();
}

function setPinned(call: RouteCall, isPinned: boolean): void {
  const { state, params } = call;
  const channel = channelFor(call, params.channel);
  const isAllowed = (['PinMessages', 'ManageMessages'] as const).some((name) =>
    may(state, channel, state.app.botUserId, name),
  );
  if (!isAllowed) throw refusal(50013);
  if (isPinned && pinned(call).length >= most) throw refusal(30003);
  const message = messageIn(channel, params.message);
  message.isPinned = isPinned;
  announceChange(call, channel, message);
}

/** In the paths of 2025, and in the older ones. */
export const pinRoutes: readonly Route[] = [
  {
    route: 'GET /channels/:channel/messages/pins',
    run(call) {
      const limit = numberOf(call.query, 'limit', 50, 1, 50);
      const before = call.query.get('before');
      const beforeMs = before === null ? Number.POSITIVE_INFINITY : Date.parse(before);
      const all = pinned(call).filter(({ atMs }) => atMs < beforeMs);
      const items = all.slice(0, limit);
      return {
        items: items.map((message) => ({ pinned_at: iso(message.atMs), message: shown(call.state, message) })),
        has_more: all.length > items.length,
      };
    },
  },
  {
    route: 'GET /channels/:channel/pins',
    run: (call) => pinned(call).map((message) => shown(call.state, message)),
  },
  ...['/channels/:channel/messages/pins/:message', '/channels/:channel/pins/:message'].flatMap((path): Route[] => [
    { route: `PUT ${path}`, run: (call) => setPinned(call, true) },
    { route: `DELETE ${path}`, run: (call) => setPinned(call, false) },
  ]),
];
