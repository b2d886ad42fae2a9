import { z } from 'zod';
import type { Log } from '../../../base/log.ts';
import type { Inbox } from '../../../store/inbox.ts';
import type { ChannelEvent, ChannelHearing } from '../../channels/ChannelEvent.ts';
import type { ReadSlack } from './readSlack.ts';
import { isOfChannel, readSlackEvent, type SlackEventBody } from './readSlackEvent.ts';

/** Under this name what sync has heard lies in the inbox; what bots work on lies there under theirs. */
const INBOX = 'slack:sync';
const MOST_TRIES = 4;
/** Of one channel, taken in together. */
const EVENTS_AT_ONCE = 200;

const eventSchema = z.looseObject({ type: z.string() });

/** Slack's events on their way into the index: on disk, acknowledged, then taken in, one channel's in order. */
export interface SlackHearing {
  /** Whether an event is any business of sync. */
  isWanted(event: SlackEventBody): boolean;
  /** Resolves when it is on disk: from then on it is not lost, and may be acknowledged. */
  keep(eventId: string, event: SlackEventBody): Promise<void>;
  /** Takes up what an earlier process left. */
  resume(): Promise<void>;
  /** Events may have been missed. */
  missed(): void;
  /** Resolves when nothing is being taken in. */
  idle(): Promise<void>;
}

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
  const { inbox, hub, log } = deps;
  const waiting = new Map<string, { readonly id: string; readonly event: SlackEventBody }[]>();
  const running = new Map<string, Promise<void>>();

  async function take(batch: readonly { readonly id: string; readonly event: SlackEventBody }[]): Promise<void> {
    try {
      const read = await deps.read();
      const events: ChannelEvent[] = [];
      for (const { event } of batch) {
        const told = await readSlackEvent(event, read);
        if (told) events.push(told);
        else await takeChannelEvent(event);
      }
      await hub.heard(events);
      for (const { id } of batch) await inbox.finish(id, 'done');
    } catch (error) {
      // One that cannot be taken in holds up no other.
      if (batch.length > 1) {
        for (const one of batch) await take([one]);
        return;
      }
      // It stays in the inbox, and is taken up at the next start; the next reading of the channel sees it sooner.
      log.error({ err: error }, 'what was heard from Slack could not be taken in');
      hub.missed();
    }
  }

  async function takeChannelEvent(event: SlackEventBody) {
    const channelId = channelOf(event);
    if (DELETED.has(event.type)) await deps.onChannelDeleted(channelId);
    // Who else joins changes who may read it, which membership sees to.
    if (event.type === 'member_joined_channel' && event.user !== (await deps.botUserId())) return;
    deps.onChannels();
  }

  async function drain(key: string) {
    for (
      let batch = waiting.get(key)?.splice(0, EVENTS_AT_ONCE);
      batch?.length;
      batch = waiting.get(key)?.splice(0, EVENTS_AT_ONCE)
    ) {
      await take(batch);
    }
    waiting.delete(key);
    running.delete(key);
  }

  function enqueue(id: string, event: SlackEventBody) {
    const key = channelOf(event);
    const queue = waiting.get(key) ?? [];
    queue.push({ id, event });
    waiting.set(key, queue);
    if (!running.has(key))
      running.set(
        key,
        Promise.resolve().then(() => drain(key)),
      );
  }

  return {
    isWanted: (event) => CHANNELS.has(event.type) || isOfChannel(event),
    async keep(eventId, event) {
      const id = `sync:${eventId}`;
      const isFresh = await inbox.accept({ id, platform: INBOX, payload: JSON.stringify(event) });
      if (isFresh) enqueue(id, event);
    },
    async resume() {
      for (const { id, payload, tries } of await inbox.unfinished([INBOX])) {
        const event = eventSchema.safeParse(JSON.parse(payload)).data;
        if (event && tries <= MOST_TRIES) enqueue(id, event);
        else await inbox.finish(id, 'failed');
      }
    },
    missed() {
      hub.missed();
      deps.onMissed();
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
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
