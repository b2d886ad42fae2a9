import { z } from 'zod';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import { discordWord, statusOf } from '../../../platforms/discord/api/failure.ts';

/** https://discord.com/developers/docs/resources/channel#channel-object, as far as it is a thread. */
const threadSchema = z.looseObject({
  id: z.string().regex(/^\d{1,20}$/),
  type: z.number().int(),
  name: z.string().nullish().catch(undefined),
  parent_id: z.string().nullish().catch(undefined),
  message_count: z.number().int().nonnegative().catch(0),
  last_message_id: z.string().nullish().catch(undefined),
  thread_metadata: z
    .looseObject({ archive_timestamp: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type RawThread = z.output<typeof threadSchema>;

const threads = z.array(z.unknown()).transform((values) =>
  values.flatMap((value) => {
    const { data } = threadSchema.safeParse(value);
    return data ? [data] : [];
  }),
);
const listSchema = z.looseObject({ threads, has_more: z.boolean().catch(false) });

/** The threads of a server, as they were when they were asked for first: each list is asked for once. */
export interface ThreadLists {
  /** Those that are open in the whole server, private ones that we are in among them. */
  active(signal?: AbortSignal): Promise<readonly RawThread[]>;
  /** The public ones of a channel that were archived since a moment (milliseconds since 1970), and maybe more. */
  archived(channelId: string, sinceMs: number, signal: AbortSignal): Promise<readonly RawThread[]>;
  /** The private ones of a channel that we are in and that are archived. */
  privateOnes(channelId: string): Promise<readonly RawThread[]>;
  /** One thread as it is now; undefined if there is none. Errors as DiscordApi's. */
  find(threadId: string, signal: AbortSignal): Promise<RawThread | undefined>;
}

export function createThreadLists(api: DiscordApi, guildId: string): ThreadLists {
  const priority = 'sync' as const;
  let open: Promise<readonly RawThread[]> | undefined;
  const closed = new Map<string, { readonly found: RawThread[]; before?: string; isOver: boolean }>();

  /** A server that others wrote may not know the route: then it has none. */
  async function list(path: string, query: Record<string, string>, signal: AbortSignal | undefined) {
    try {
      return await api.call('GET', path, { answer: listSchema, priority, query, signal });
    } catch (error) {
      const isUnknown = statusOf(error) === 404 && !discordWord(error);
      const isShut = discordWord(error) === 'missingAccess' || discordWord(error) === 'missingPermissions';
      if (isUnknown || isShut) return { threads: [], has_more: false };
      throw error;
    }
  }

  return {
    active(signal) {
      open ??= list(`/guilds/${guildId}/threads/active`, {}, signal).then((found) => found.threads);
      open.catch(() => {
        open = undefined;
      });
      return open;
    },
    async archived(channelId, sinceMs, signal) {
      const known = closed.get(channelId) ?? { found: [], isOver: false };
      closed.set(channelId, known);
      while (!known.isOver && (known.before === undefined || Date.parse(known.before) >= sinceMs)) {
        const query = { limit: '100', ...(known.before === undefined ? {} : { before: known.before }) };
        const page = await list(`/channels/${channelId}/threads/archived/public`, query, signal);
        const last = page.threads.at(-1)?.thread_metadata?.archive_timestamp;
        known.found.push(...page.threads);
        if (!page.has_more || last === undefined || last === known.before) known.isOver = true;
        else known.before = last;
      }
      return known.found;
    },
    async privateOnes(channelId) {
      const found = await list(
        `/channels/${channelId}/users/@me/threads/archived/private`,
        { limit: '100' },
        undefined,
      );
      return found.threads;
    },
    async find(threadId, signal) {
      try {
        return await api.call('GET', `/channels/${threadId}`, { answer: threadSchema, priority, signal });
      } catch (error) {
        if (discordWord(error) === 'unknownChannel') return undefined;
        throw error;
      }
    },
  };
}
