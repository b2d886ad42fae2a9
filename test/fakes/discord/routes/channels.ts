import { announceChannel, deleteChannel, isTextual } from '../channels.ts';
import { refusal } from '../Refused.ts';
import type { Route } from '../Route.ts';
import { renderChannel } from '../render/channels.ts';
import { setArchived } from '../threads.ts';
import { channelFor } from './access.ts';
import { checkSending } from './messages.ts';

export const channelRoutes: readonly Route[] = [
  {
    route: 'GET /channels/:channel',
    run: (call) => renderChannel(call.state, channelFor(call, call.params.channel)),
  },
  {
    // A thread's own members may open it again; the rest takes a permission.
    route: 'PATCH /channels/:channel',
    run(call) {
      const { state, params, body } = call;
      const channel = channelFor(call, params.channel);
      const { archived, locked, name, topic } = body;
      const isOwn = channel.thread?.ownerId === state.app.botUserId;
      if (channel.kind === 'dm') throw refusal(50003);
      if (!channel.thread) channelFor(call, params.channel, 'ManageChannels');
      else if (!isOwn && (archived !== false || Object.keys(body).length > 1 || channel.thread.isLocked)) {
        channelFor(call, params.channel, 'ManageThreads');
      }
      if (channel.thread?.isArchived && archived !== false) throw refusal(50083);
      channel.name = name ?? channel.name;
      if (topic !== undefined) channel.topic = topic;
      if (channel.thread) setArchived(call, channel, archived ?? channel.thread.isArchived, locked);
      else announceChannel(call, channel, 'UPDATE');
      return renderChannel(state, channel);
    },
  },
  {
    route: 'DELETE /channels/:channel',
    run(call) {
      const channel = channelFor(call, call.params.channel);
      if (channel.kind === 'dm') return renderChannel(call.state, channel);
      channelFor(call, channel.id, channel.thread ? 'ManageThreads' : 'ManageChannels');
      const last = renderChannel(call.state, channel);
      deleteChannel(call, channel);
      return last;
    },
  },
  {
    route: 'POST /channels/:channel/typing',
    run(call) {
      const { state, params } = call;
      const channel = channelFor(call, params.channel);
      if (!isTextual(channel)) throw refusal(50008);
      checkSending(state, channel);
      state.typings.push({ channelId: channel.id, atMs: state.clock.now() });
    },
  },
];
