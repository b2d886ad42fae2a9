import { z } from 'zod';
import type { Log } from '../../../base/log.ts';
import type { Inbox } from '../../../store/inbox.ts';
import type { ChannelHearing } from '../../channels/ChannelEvent.ts';
import { type ChannelsHeard, createChannelHearing } from '../../channels/createChannelHearing.ts';
import type { ReadSlack } from './readSlack.ts';
import { isOfChannel, readSlackEvent, type SlackEventBody } from './readSlackEvent.ts';

const eventSchema = z.looseObject({ type: z.string() });

/** Slack's events on their way into the index. */
export type SlackHearing = ChannelsHeard<SlackEventBody>;

export function createSlackHearing(deps: {
  readonly inbox: Inbox;
  readonly hub: ChannelHearing;
  /** Resolve once Slack knows us. */
  readonly read: () => Promise<ReadSlack>;
  readonly botUserId: () => Promise<string>;
  /** A channel was deleted by its people: its words go. */
  readonly onChannelDeleted: (channelId: string) => Promise<void>;
  /** A channel came, went, or is not what it was: what is synced is to be looked at again. */
  readonly onChannels: () => void;
  readonly onMissed: () => void;
  readonly log: Log;
}): SlackHearing {
  async function takeChannelEvent(event: SlackEventBody) {
    const channelId = channelOf(event);
    if (DELETED.has(event.type)) await deps.onChannelDeleted(channelId);
    // Who else joins changes who may read it, which membership sees to.
    if (event.type === 'member_joined_channel' && event.user !== (await deps.botUserId())) return;
    deps.onChannels();
  }

  return createChannelHearing<SlackEventBody>({
    ...{ name: 'slack:sync', inbox: deps.inbox, hub: deps.hub, log: deps.log, onMissed: deps.onMissed },
    isWanted: (event) => CHANNELS.has(event.type) || isOfChannel(event),
    parse: (payload) => eventSchema.safeParse(JSON.parse(payload)).data,
    placeOf: channelOf,
    async read(event) {
      const told = await readSlackEvent(event, await deps.read());
      if (!told) await takeChannelEvent(event);
      return told ? [told] : [];
    },
  });
}

const DELETED = new Set(['channel_deleted', 'group_deleted']);
/** What changes which channels there are for us. */
const CHANNELS = new Set([
  ...DELETED,
  'channel_archive',
  'channel_left',
  'channel_rename',
  'channel_unarchive',
  'group_archive',
  'group_left',
  'group_rename',
  'group_unarchive',
  'member_joined_channel',
]);

function channelOf(event: SlackEventBody): string {
  const { channel, item } = event as { channel?: unknown; item?: { channel?: unknown } | null };
  if (typeof channel === 'string') return channel;
  if (typeof channel === 'object' && channel !== null && 'id' in channel) return String(channel.id);
  return typeof item?.channel === 'string' ? item.channel : event.type;
}
