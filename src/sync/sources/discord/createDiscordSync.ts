import type { Log } from '../../../base/log.ts';
import type { Timing } from '../../../base/Timing.ts';
import type { Message } from '../../../knowledge/Message.ts';
import type { DiscordSide } from '../../../platforms/discord/DiscordSide.ts';
import type { Store } from '../../../store/store.ts';
import type { ChannelChoice } from '../../channels/chooseChannels.ts';
import type { ChannelsHeard } from '../../channels/createChannelHearing.ts';
import { createChannelHub } from '../../channels/createChannelHub.ts';
import type { ChannelDeps } from '../../channels/createChannelSource.ts';
import { createLookAgain, type LookAgain } from '../../channels/createLookAgain.ts';
import { inTime } from '../../channels/inTime.ts';
import type { Catalogue } from '../Source.ts';
import { createDiscordCatalogue } from './createDiscordCatalogue.ts';
import { createDiscordHearing } from './createDiscordHearing.ts';
import { createDiscordPlaces } from './createDiscordPlaces.ts';
import { createReadDiscord, type ReadDiscord } from './readDiscord.ts';
import type { DiscordHeard } from './readDiscordEvent.ts';

export interface DiscordSync {
  readonly catalogue: Catalogue;
  readonly hearing: ChannelsHeard<DiscordHeard>;
  readonly lookAgain: LookAgain;
  stop(): Promise<void>;
}

/** What keeps Discord servers in step: their channels as sources, and what is heard of them. */
export function createDiscordSync(deps: {
  readonly store: Pick<
    Store,
    | 'spaces'
    | 'sources'
    | 'inbox'
    | 'channelMessages'
    | 'syncThreads'
    | 'syncMarks'
    | 'syncLooks'
    | 'removal'
    | 'settings'
  >;
  readonly side: () => Promise<DiscordSide>;
  readonly choice: ChannelChoice;
  readonly settings: ChannelDeps['settings'] & {
    readonly includeBots: boolean;
    readonly exceptPeople: readonly string[];
  };
  /** Stores messages, and has them indexed soon. */
  readonly take: (sourceId: number, messages: readonly Message[], happenedMs: number) => Promise<void>;
  /** All channels, or which there are, are to be looked at soon. */
  readonly soon: (what: 'read' | 'look') => void;
  readonly timing: Timing;
  readonly log: Log;
}): DiscordSync {
  const { store, log, settings } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const hub = createChannelHub();
  let reading: ReadDiscord | undefined;
  const read = async () => {
    const side = await deps.side();
    reading ??= createReadDiscord(side, store.spaces, settings);
    return reading;
  };

  const catalogue = createDiscordCatalogue({
    ...{ side: inTime('Discord', deps.side, deps.timing), read, sources: store.sources, choice: deps.choice },
    channel: {
      ...{ messages: store.channelMessages, threads: store.syncThreads, marks: store.syncMarks },
      ...{ looks: store.syncLooks, hub, settings },
      importedMs: (spaceId) => Number(store.settings.get(`imported ${spaceId}`) ?? Number.NaN) || undefined,
      onTouched: () => lookAgain.wake(),
    },
  });
  const lookAgain = createLookAgain({
    ...{ looks: store.syncLooks, marks: store.syncMarks, channel: catalogue.find, take: deps.take },
    ...{ signal, log },
  });
  const hearing = createDiscordHearing({
    ...{ inbox: store.inbox, hub, read, places: createDiscordPlaces(deps.side), sources: store.sources },
    ...{ messages: store.channelMessages, settings, now: deps.timing.now, log },
    async removeSource(sourceId) {
      await store.removal.source(sourceId);
    },
    onChannels: () => deps.soon('look'),
    onMissed: () => deps.soon('read'),
  });

  return {
    ...{ catalogue, hearing, lookAgain },
    async stop() {
      stopping.abort();
      await lookAgain.idle();
    },
  };
}
