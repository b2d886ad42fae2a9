import type { FakeSlack } from './FakeSlack.ts';
import { repliesOf } from './render.ts';
import type { State } from './State.ts';
import { channelNamed } from './workspace.ts';

type ReadingSide = Pick<
  FakeSlack,
  'messages' | 'thread' | 'message' | 'ephemerals' | 'views' | 'statuses' | 'status' | 'channel' | 'violations'
>;

const statusGoodForMs = 120_000;

/** What can be seen of a workspace. */
export function createReadingSide(state: State): ReadingSide {
  return {
    statuses: state.statuses,
    violations: state.violations,
    channel: (id) => channelNamed(state, id),
    messages: (id) => [...channelNamed(state, id).messages.values()],
    message: (id, ts) => channelNamed(state, id).messages.get(ts),
    thread(id, threadTs) {
      const channel = channelNamed(state, id);
      const root = channel.messages.get(threadTs);
      return [...(root ? [root] : []), ...repliesOf(channel, threadTs)];
    },
    status(id, threadTs) {
      const last = state.statuses.findLast((one) => one.channelId === id && one.threadTs === threadTs);
      if (!last?.status || state.clock.now() - last.atMs > statusGoodForMs) return undefined;
      const { botUserId } = state.app;
      const isAnswered = repliesOf(channelNamed(state, id), threadTs).some(
        (reply) => reply.user === botUserId && Number(reply.ts) * 1000 > last.atMs,
      );
      return isAnswered ? undefined : last.status;
    },
    ephemerals: (userId) =>
      [...state.channels.values()].flatMap((channel) =>
        channel.ephemerals.filter((one) => one.userId === userId).map((one) => ({ ...one, channelId: channel.id })),
      ),
    views: (userId) => [...state.views.values()].filter((view) => view.userId === userId && view.isOpen),
  };
}
