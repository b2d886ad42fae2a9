import type { Message } from '../../knowledge/Message.ts';
import type { Item } from '../sources/Source.ts';
import type { Stretch } from './ChannelCursor.ts';
import { emptied, type HistoryPage, type RepliesPage, type ThreadFacts, type Unread } from './ChannelHistory.ts';
import type { ChannelReading } from './readChannel.ts';

/** So few may go without anybody being asked, whatever share of a small channel they are. */
const FEW = 50;

/** What a page of history says of the channel: what is on it, and what is stored of its stretch and is not on it. */
export function comparePage(
  reading: ChannelReading,
  given: {
    readonly stretch: Stretch;
    readonly page: HistoryPage;
    /** When the page was asked for (`SyncMarks.moment`): what was heard of a message since is newer. */
    readonly asked: number;
    readonly mayShrink: boolean;
  },
): { readonly items: Item[]; readonly threads: readonly ThreadFacts[]; readonly held: boolean } {
  const { channel, messages: stored, settings } = reading;
  const { stretch, page, asked } = given;
  const { sourceId, history } = channel;
  const { atUs, idAt } = history.pace;
  // Not at the page's last moment: what was said in the same one may stand on the next page.
  const fromUs = page.next !== undefined ? atUs(page.next) : lowest(page, stretch, atUs);
  const toUs = stretch.before === undefined ? Number.MAX_SAFE_INTEGER : atUs(stretch.before) - 1;
  const known = stored.between(sourceId, fromUs, toUs);
  const apart = page.threads.flatMap(({ id, holdsRoot }) => (holdsRoot ? [id] : []));
  const shown = new Set([...page.messages.map(({ id }) => id), ...(page.unread?.ids ?? []), ...apart]);
  const missing = known.filter((id) => !shown.has(id));
  const held = !given.mayShrink && missing.length > FEW && missing.length > known.length * settings.shrinkShare;
  const gone = held ? [] : missing.map(emptied);
  const items: Item[] = unreadOf(channel, page.unread);
  if (held) {
    items.push({
      kind: 'failure',
      key: `${channel.key} history`,
      sentence: `${channel.name}: ${missing.length} of ${known.length} messages are not shown any more. Nothing was taken away yet; if the next run finds the same, they go.`,
    });
  }
  const newest = withoutNewer(reading, [...page.messages, ...gone], asked);
  if (newest.length > 0) items.push({ kind: 'messages', to: sourceId, messages: newest });
  // A thread whose last reply was deleted does not show as one any more.
  const told = new Set(page.threads.map(({ id }) => id));
  const stale = held
    ? []
    : stored.threadsBetween(sourceId, idAt(Math.max(0, fromUs)), idAt(toUs)).filter((id) => !told.has(id));
  return { items, held, threads: [...page.threads, ...stale.map((id) => ({ id, replies: 0 }))] };
}

function lowest(page: HistoryPage, stretch: Stretch, atUs: (id: string) => number): number {
  if (page.isCutOff) {
    const times = page.messages.map(({ id }) => atUs(id));
    return times.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...times) - 1;
  }
  return stretch.after === undefined ? -1 : atUs(stretch.after);
}

/** The same for a thread. */
export function compareReplies(
  reading: ChannelReading,
  given: {
    readonly threadId: string;
    readonly after: string | undefined;
    readonly page: RepliesPage;
    readonly asked: number;
  },
): Item[] {
  const { channel, messages: stored } = reading;
  const { threadId, after, page, asked } = given;
  const { atUs } = channel.history.pace;
  const fromUs = after === undefined ? -1 : atUs(after);
  const toUs = page.next === undefined ? Number.MAX_SAFE_INTEGER : atUs(page.next);
  const shown = new Set([...page.messages.map(({ id }) => id), ...(page.unread?.ids ?? [])]);
  const gone = stored
    .repliesBetween(channel.sourceId, threadId, fromUs, toUs)
    .filter((id) => !shown.has(id))
    .map(emptied);
  const newest = withoutNewer(reading, [...page.messages, ...gone], asked);
  const items = unreadOf(channel, page.unread);
  if (newest.length > 0) items.push({ kind: 'messages', to: channel.sourceId, messages: newest });
  return items;
}

/** Under this key it is noted that the words of a channel are not shown to us. */
export const unreadKey = (channelKey: string) => `${channelKey} content`;

function unreadOf({ key, name }: ChannelReading['channel'], unread: Unread | undefined): Item[] {
  if (unread?.sentence === undefined) return [];
  return [{ kind: 'failure', key: unreadKey(key), memory: 'unread', sentence: `${name}: ${unread.sentence}` }];
}

/** What was heard of a message since the page was asked for is newer than the page. */
function withoutNewer({ channel, marks }: ChannelReading, messages: readonly Message[], asked: number) {
  if (messages.length === 0) return messages;
  const newer = marks.heardSince(
    channel.sourceId,
    messages.map(({ id }) => id),
    asked,
  );
  return newer.size === 0 ? messages : messages.filter(({ id }) => !newer.has(id));
}
