import type { Message } from '../../knowledge/Message.ts';
import type { ChannelMessages } from '../../store/channelMessages.ts';
import type { SyncLooks } from '../../store/syncLooks.ts';
import type { SyncMarks } from '../../store/syncMarks.ts';
import type { SyncThreads } from '../../store/syncThreads.ts';
import type { Item, Source } from '../sources/Source.ts';
import type { ChannelEvent } from './ChannelEvent.ts';
import { emptied, type SyncedChannel } from './ChannelHistory.ts';
import type { ChannelHub } from './createChannelHub.ts';
import { type ChannelReading, readChannel } from './readChannel.ts';

export interface ChannelDeps {
  readonly messages: ChannelMessages;
  readonly threads: SyncThreads;
  readonly marks: SyncMarks;
  readonly looks: SyncLooks;
  readonly hub: ChannelHub;
  readonly settings: ChannelReading['settings'] & { readonly cron: string; readonly staleAfterMs: number };
  /** When something was imported into a space last, in milliseconds since 1970. */
  readonly importedMs: (spaceId: string) => number | undefined;
  /** There is something to be looked at again. */
  readonly onTouched: () => void;
}

/** A channel of any platform as a source: its history, and what happens in it. */
export function createChannelSource(kind: string, channel: SyncedChannel, deps: ChannelDeps): Source {
  const { hub, settings } = deps;
  const { id, spaceId, name, key } = channel;
  const reading = { ...deps, channel };
  return {
    about: { ...{ id, kind, spaceId, name }, cron: settings.cron, staleAfterMs: settings.staleAfterMs },
    changes: {
      since: (cursor, io) =>
        readChannel(
          {
            ...{ ...reading, isDeaf: hub.isDeaf(key), importedMs: deps.importedMs(spaceId) },
            onCaughtUp: () => hub.caughtUp(key),
          },
          cursor,
          io,
        ),
    },
    live: {
      listen: (give) =>
        hub.attach(key, async (events) => {
          const items = takeEvents(channel, deps, events);
          const happenedMs = Math.floor(Math.min(...events.map(({ atUs }) => atUs)) / 1000);
          if (items.length > 0) await give(items, happenedMs);
        }),
    },
  };
}

/** What of the events is news: older ones that are delivered late, or once more, are not. */
function takeEvents(
  { sourceId }: SyncedChannel,
  { marks, threads, looks, onTouched }: ChannelDeps,
  events: readonly ChannelEvent[],
): Item[] {
  const latest = new Map<string, Message>();
  for (const { messageId, threadId, atUs, what } of events) {
    if (what.kind === 'touched') {
      looks.want({
        sourceId,
        messageId,
        happenedMs: Math.floor(atUs / 1000),
        ...(threadId === undefined ? {} : { threadId }),
      });
      onTouched();
      continue;
    }
    if (!marks.hear(sourceId, messageId, atUs)) continue;
    const isReply = threadId !== undefined && threadId !== messageId;
    if (isReply && what.kind === 'said') threads.counted(sourceId, threadId, 1, messageId);
    if (isReply && what.kind === 'deleted') threads.counted(sourceId, threadId, -1);
    latest.set(messageId, what.kind === 'deleted' ? emptied(messageId) : what.message);
  }
  return latest.size === 0 ? [] : [{ kind: 'messages', to: sourceId, messages: [...latest.values()] }];
}
