import { z } from 'zod';
import type { Log } from '../../../base/log.ts';
import { spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import { isPrivateThread, isThread } from '../../../platforms/discord/server/facts.ts';
import type { ChannelMessages } from '../../../store/channelMessages.ts';
import type { Inbox } from '../../../store/inbox.ts';
import type { Sources } from '../../../store/sources.ts';
import type { ChannelEvent, ChannelHearing } from '../../channels/ChannelEvent.ts';
import { emptied } from '../../channels/ChannelHistory.ts';
import { type ChannelsHeard, createChannelHearing } from '../../channels/createChannelHearing.ts';
import type { createDiscordPlaces, DiscordPlace } from './createDiscordPlaces.ts';
import type { ReadDiscord } from './readDiscord.ts';
import { type DiscordHeard, type DiscordTold, readDiscordEvent } from './readDiscordEvent.ts';

const storedSchema = z.object({ type: z.string(), data: z.unknown(), atUs: z.number().optional() });

type Told<What extends DiscordTold['what']> = Extract<DiscordTold, { readonly what: What }>;

/** Discord's events on their way into the index. */
export function createDiscordHearing(deps: {
  readonly inbox: Inbox;
  readonly hub: ChannelHearing;
  /** Resolve once Discord knows us. */
  readonly read: () => Promise<ReadDiscord>;
  readonly places: ReturnType<typeof createDiscordPlaces>;
  readonly sources: Pick<Sources, 'readable'>;
  readonly messages: ChannelMessages;
  readonly settings: { readonly includeBots: boolean };
  /** A channel was deleted by its people: its words go. */
  readonly removeSource: (sourceId: number) => Promise<void>;
  /** A channel came, went, or is not what it was: what is synced is to be looked at again. */
  readonly onChannels: () => void;
  readonly onMissed: () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}): ChannelsHeard<DiscordHeard> {
  const { places, messages } = deps;
  let lastUs = 0;

  const sourceOf = (guildId: string, key: string) =>
    deps.sources.readable(spaceOf(guildId)).find((one) => one.kind === 'channel' && one.key === key)?.id;
  const inPlace = ({ key, threadId }: DiscordPlace) => ({ key, ...(threadId === undefined ? {} : { threadId }) });

  async function readSaid({ what, raw }: Told<'said' | 'edited'>, atUs: number): Promise<ChannelEvent[]> {
    const place = await places.find(raw.guild_id, raw.channel_id);
    if (!place) return [];
    const at = { ...inPlace(place), messageId: raw.id, atUs };
    const touched = { ...at, what: { kind: 'touched' as const } };
    // It may leave out what has not changed.
    if (!raw.author || raw.content === undefined) return [touched];
    const read = await deps.read();
    const [one] = await read(place.spot, [raw]);
    if (!one || ('why' in one && one.why !== 'not-for-us')) return [];
    const event = { ...at, what: { kind: what, message: 'message' in one ? one.message : emptied(raw.id) } };
    const sourceId = what === 'edited' ? sourceOf(raw.guild_id, place.key) : undefined;
    // An edit says nothing of its reactions.
    return sourceId !== undefined && messages.hasReactions(sourceId, raw.id) ? [event, touched] : [event];
  }

  /** What was said in a thread is gone with it, and a post with what it began with. */
  async function threadDeleted({ id, guild_id, parent_id }: Told<'channel'>['channel'], atUs: number) {
    if (!parent_id) return [];
    const sourceId = sourceOf(guild_id, parent_id);
    if (sourceId === undefined) return [];
    const replies = messages.repliesBetween(sourceId, id, -1, Number.MAX_SAFE_INTEGER);
    const isForum = await places.holdsPosts(guild_id, parent_id);
    return (isForum ? [id, ...replies] : replies).map(
      (messageId): ChannelEvent => ({ key: parent_id, messageId, threadId: id, atUs, what: { kind: 'deleted' } }),
    );
  }

  async function readChannel({ type, channel }: Told<'channel'>, atUs: number): Promise<ChannelEvent[]> {
    const { id, guild_id } = channel;
    const isOpenThread = isThread(channel.type) && !isPrivateThread(channel.type);
    if (type.endsWith('_DELETE') && (await places.isGone(id))) {
      if (isOpenThread) return threadDeleted(channel, atUs);
      const sourceId = sourceOf(guild_id, id);
      if (sourceId !== undefined) await deps.removeSource(sourceId);
    }
    if (!isOpenThread) deps.onChannels();
    else if (type === 'THREAD_UPDATE') {
      // The title of a post is part of what it began with.
      const place = await places.find(guild_id, id);
      if (place?.isPost) return [{ ...inPlace(place), messageId: id, atUs, what: { kind: 'touched' } }];
    }
    return [];
  }

  async function read(event: DiscordHeard): Promise<readonly ChannelEvent[]> {
    const told = readDiscordEvent(event, deps.settings);
    const { atUs = 0 } = event;
    switch (told?.what) {
      case 'said':
      case 'edited':
        return readSaid(told, atUs);
      case 'deleted':
      case 'touched': {
        const place = await places.find(told.guildId, told.channelId);
        if (!place) return [];
        const ids = told.what === 'deleted' ? told.ids : [told.id];
        return ids.map((messageId) => ({ ...inPlace(place), messageId, atUs, what: { kind: told.what } }));
      }
      case 'channel':
        return readChannel(told, atUs);
      default:
        return [];
    }
  }

  const heard = createChannelHearing<DiscordHeard>({
    ...{ name: 'discord:sync', inbox: deps.inbox, hub: deps.hub, log: deps.log, onMissed: deps.onMissed, read },
    isWanted: (event) => readDiscordEvent(event, deps.settings) !== undefined,
    parse: (payload) => storedSchema.safeParse(JSON.parse(payload)).data,
    placeOf: ({ data }) => {
      const { channel_id, id } = data as { channel_id?: unknown; id?: unknown };
      return String(channel_id ?? id ?? '');
    },
  });
  return {
    ...heard,
    async keep(eventId, { type, data }) {
      // It names nothing that would have to be known later: what there is, is looked at anyway.
      if (readDiscordEvent({ type, data }, deps.settings)?.what === 'server') return deps.onChannels();
      // Discord sends in order, and again in order what was not acknowledged.
      lastUs = Math.max(lastUs + 1, deps.now() * 1000);
      await heard.keep(eventId, { type, data, atUs: lastUs });
    },
  };
}
