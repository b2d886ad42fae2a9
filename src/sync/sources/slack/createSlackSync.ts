import type { Log } from '../../../base/log.ts';
import type { Timing } from '../../../base/Timing.ts';
import type { Message } from '../../../knowledge/Message.ts';
import type { SlackSide } from '../../../platforms/slack/SlackSide.ts';
import type { Store } from '../../../store/store.ts';
import type { ChannelChoice } from '../../channels/chooseChannels.ts';
import { createChannelHub } from '../../channels/createChannelHub.ts';
import type { ChannelDeps } from '../../channels/createChannelSource.ts';
import { createLookAgain, type LookAgain } from '../../channels/createLookAgain.ts';
import { inTime } from '../../channels/inTime.ts';
import type { Catalogue } from '../Source.ts';
import { createSlackCatalogue } from './createSlackCatalogue.ts';
import { createSlackHearing, type SlackHearing } from './createSlackHearing.ts';
import { createReadSlack, type ReadSlack } from './readSlack.ts';

export interface SlackSync {
  readonly catalogue: Catalogue;
  readonly hearing: SlackHearing;
  readonly lookAgain: LookAgain;
  stop(): Promise<void>;
}

/** What keeps a Slack workspace in step: its channels as sources, and what is heard of them. */
export function createSlackSync(deps: {
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
  readonly side: () => Promise<SlackSide>;
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
}): SlackSync {
  const { store, log, settings } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const hub = createChannelHub();
  let reading: Promise<ReadSlack> | undefined;
  const read = async () => {
    const side = await deps.side();
    reading ??= Promise.resolve(createReadSlack(side, store.spaces, settings));
    return reading;
  };

  const catalogue = createSlackCatalogue({
    ...{ side: inTime('Slack', deps.side, deps.timing), read, sources: store.sources, choice: deps.choice },
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

  const hearing = createSlackHearing({
    ...{ inbox: store.inbox, hub, read, log },
    botUserId: async () => (await deps.side()).workspace.botUserId,
    async onChannelDeleted(channelId) {
      const { workspace } = await deps.side();
      const source = store.sources
        .readable(workspace.space)
        .find(({ kind, key }) => kind === 'channel' && key === channelId);
      if (source) await store.removal.source(source.id);
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
