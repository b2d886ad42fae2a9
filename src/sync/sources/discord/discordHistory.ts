import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { discordWord, isGone } from '../../../platforms/discord/api/failure.ts';
import type { DiscordSide } from '../../../platforms/discord/DiscordSide.ts';
import type { Channel } from '../../../platforms/discord/server/createServers.ts';
import { isPrivateThread } from '../../../platforms/discord/server/facts.ts';
import { bySnowflake, snowflakeAt, snowflakeMs } from '../../../platforms/discord/snowflake.ts';
import { type ChannelHistory, emptied, type ThreadFacts, type Unread } from '../../channels/ChannelHistory.ts';
import { holdsPosts, mayHaveThreads } from './channelKinds.ts';
import type { RawThread, ThreadLists } from './createThreadLists.ts';
import type { DiscordRead, ReadDiscord, Spot } from './readDiscord.ts';
import { withReactors } from './withReactors.ts';

/** The most that Discord gives at once. */
const LIMIT = 100;
const answer = z.array(z.looseObject({ id: z.string().regex(/^\d{1,20}$/) }));
type Raw = z.output<typeof answer>[number];

/**
 * A Discord channel's history. An open thread is a channel of its own there and a thread of its channel here, as it is in
 * an import; a forum has nothing but threads, and a private thread, which is a source of its own, is one thread.
 */
export function createDiscordHistory(
  { api, met }: Pick<DiscordSide, 'api' | 'met'>,
  channel: Channel,
  deps: { readonly lists: ThreadLists; readonly read: ReadDiscord; readonly whyHidden: string },
): ChannelHistory {
  const { lists, read } = deps;
  const { id: key, guildId, name } = channel;
  const isForum = holdsPosts(channel.type);
  const names = new Map<string, string>();
  const path = (channelId: string) => `/channels/${channelId}/messages`;

  async function call(channelId: string, query: Record<string, string>, signal: AbortSignal): Promise<Raw[]> {
    const raws = await api.call('GET', path(channelId), {
      ...{ answer, priority: 'sync', signal },
      query: { limit: String(LIMIT), ...query },
    });
    if (met) for (const raw of raws) met(guildId, { ...raw, guild_id: guildId, channel_id: channelId });
    return raws.sort((a, b) => bySnowflake(a.id, b.id));
  }

  async function reading(spot: Spot, raws: readonly unknown[], signal: AbortSignal): Promise<DiscordRead[]> {
    const whole: unknown[] = [];
    for (const raw of raws) whole.push(await withReactors(api, spot.channelId, raw, signal));
    return read(spot, whole);
  }

  const notThere = (error: unknown) =>
    new BackscrollError(
      'not-found',
      `#${name} is not there for Backscroll any more (${discordWord(error) ?? 'gone'}). Let it view the channel and read its history again if it should.`,
      { cause: error },
    );

  function factsOf({ id, message_count: replies, last_message_id: latest }: RawThread): ThreadFacts {
    const root = isForum ? { holdsRoot: true as const } : {};
    return { id, replies, ...(latest ? { latest } : {}), ...root };
  }

  function note(threads: readonly RawThread[]): readonly RawThread[] {
    for (const thread of threads) if (thread.name) names.set(thread.id, thread.name);
    return threads;
  }

  /** Of a stretch those that lie in it, and with the newest page whatever was written in since, however old it is. */
  async function threadsOf(
    range: { readonly after?: string; readonly before?: string },
    low: string | undefined,
    signal: AbortSignal,
  ): Promise<ThreadFacts[]> {
    if (!mayHaveThreads(channel.type)) return [];
    const { after, before } = range;
    const open = note(
      (await lists.active(signal)).filter((one) => one.parent_id === key && !isPrivateThread(one.type)),
    );
    const sinceMs = low === undefined ? 0 : snowflakeMs(before === undefined ? (after ?? low) : low);
    const closed = note(await lists.archived(key, sinceMs, signal));
    const lowMs = low === undefined ? 0 : snowflakeMs(low);
    const isHere = ({ id }: RawThread) =>
      snowflakeMs(id) >= lowMs && (before === undefined || snowflakeMs(id) <= snowflakeMs(before));
    const isNews = ({ thread_metadata }: RawThread) =>
      before === undefined &&
      after !== undefined &&
      (Date.parse(thread_metadata?.archive_timestamp ?? '') || 0) >= snowflakeMs(after);
    const found = [
      // In a first reading each comes with its page, so that threads are read while the next page is waited for.
      ...open.filter((thread) => (before === undefined && after !== undefined) || isHere(thread)),
      ...closed.filter((thread) => isHere(thread) || isNews(thread)),
    ];
    return [...new Map(found.map((thread) => [thread.id, factsOf(thread)])).values()];
  }

  async function titleOf(threadId: string, signal: AbortSignal): Promise<string | undefined> {
    const known = names.get(threadId);
    if (known !== undefined) return known;
    const found = await lists.find(threadId, signal);
    if (found) note([found]);
    return found ? (found.name ?? '') : undefined;
  }

  function told(reads: readonly DiscordRead[]) {
    const messages = reads.flatMap((one) => {
      if ('message' in one) return [one.message];
      return one.why === 'not-for-us' ? [emptied(one.id)] : [];
    });
    const unread = reads.filter((one) => 'why' in one && one.why !== 'not-for-us');
    const isHidden = unread.some((one) => 'why' in one && one.why === 'hidden');
    const told: Unread = { ids: unread.map(({ id }) => id), ...(isHidden ? { sentence: deps.whyHidden } : {}) };
    return { messages, ...(unread.length > 0 ? { unread: told } : {}) };
  }

  return {
    async page(range, signal) {
      if (isPrivateThread(channel.type)) {
        const thread = await lists.find(key, signal).catch((error) => {
          throw isGone(error) ? notThere(error) : error;
        });
        if (!thread) throw notThere(undefined);
        return { messages: [], threads: [factsOf(note([thread])[0] as RawThread)] };
      }
      const { after, before } = range;
      if (isForum) return { messages: [], threads: await threadsOf(range, after, signal) };
      const raws = await call(key, before === undefined ? {} : { before }, signal).catch((error) => {
        throw isGone(error) ? notThere(error) : error;
      });
      const within = raws.filter(({ id }) => after === undefined || bySnowflake(id, after) > 0);
      const oldest = raws[0]?.id;
      const isFull = raws.length >= LIMIT && within.length === raws.length;
      const next = isFull ? oldest : undefined;
      const threads = await threadsOf(range, next ?? after, signal);
      const reads = await reading({ guildId, channelId: key }, within, signal);
      return { ...told(reads), threads, ...(next === undefined ? {} : { next }) };
    },

    async replies(threadId, after, signal) {
      const gone = { messages: isForum ? [emptied(threadId)] : [] };
      const title = await titleOf(threadId, signal);
      if (title === undefined) return gone;
      const raws = await call(threadId, { after: after ?? '0' }, signal).catch((error) => {
        if (discordWord(error) === 'unknownChannel') return undefined;
        throw isGone(error) ? notThere(error) : error;
      });
      if (!raws) return gone;
      const { kept, next } = cut(raws);
      const spot: Spot = { guildId, channelId: threadId, thread: { name: title } };
      const { messages, ...rest } = told(await reading(spot, kept, signal));
      // A post outlives what it began with.
      const isHeadless = isForum && after === undefined && !raws.some(({ id }) => id === threadId);
      const root = isHeadless ? [emptied(threadId)] : [];
      return { messages: [...root, ...messages], ...rest, ...(next === undefined ? {} : { next }) };
    },

    async look(messageId, threadId, signal) {
      const channelId = threadId ?? key;
      const title = channelId === key && !isPrivateThread(channel.type) ? undefined : await titleOf(channelId, signal);
      try {
        const raw = await api.call('GET', `${path(channelId)}/${messageId}`, {
          ...{ answer: z.unknown(), priority: 'sync', signal },
        });
        const spot: Spot = { guildId, channelId, ...(title === undefined ? {} : { thread: { name: title } }) };
        const [one] = await reading(spot, [raw], signal);
        if (!one || 'message' in one) return one?.message;
        return one.why === 'not-for-us' ? emptied(messageId) : undefined;
      } catch (error) {
        if (discordWord(error) === 'unknownMessage' || discordWord(error) === 'unknownChannel')
          return emptied(messageId);
        throw error;
      }
    },

    pace: {
      atUs: (id) => snowflakeMs(id) * 1000,
      // The whole of the millisecond: two stretches that meet in it both read it.
      idAt: (us) => snowflakeAt(Math.ceil(us / 1000)),
      callMs: () => ({
        page: api.budget.everyMs({ method: 'GET', path: path(key) }),
        replies: api.budget.everyMs(),
      }),
    },
  };
}

/** A full page ends between two milliseconds: what is compared with it is ordered by those. */
function cut(raws: readonly Raw[]): { readonly kept: readonly Raw[]; readonly next?: string } {
  const last = raws.at(-1);
  if (raws.length < LIMIT || !last) return { kept: raws };
  const before = raws.filter(({ id }) => snowflakeMs(id) < snowflakeMs(last.id));
  const kept = before.length > 0 ? before : raws;
  return { kept, next: kept.at(-1)?.id as string };
}
