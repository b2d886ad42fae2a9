import { z } from 'zod';
import { reactionName } from '../../../platforms/discord/countReactions.ts';
import { isTelling } from '../../../platforms/reactions.ts';

/** What of an event is kept: Discord numbers its events and does not time them, so that it is said when each came. */
export interface DiscordHeard {
  readonly type: string;
  readonly data: unknown;
  /** In microseconds since 1970, later than that of every event before it. */
  readonly atUs?: number | undefined;
}

const id = z.string().regex(/^\d{1,20}$/);
const place = { channel_id: id, guild_id: id };

const saidSchema = z.looseObject({
  ...{ id, ...place },
  author: z
    .looseObject({ id, bot: z.boolean().catch(false) })
    .optional()
    .catch(undefined),
  content: z.string().optional().catch(undefined),
});
const deletedSchema = z.looseObject({ id, ...place });
const manySchema = z.looseObject({ ids: z.array(id), ...place });
const emoji = z.object({ id: z.string().nullish().catch(undefined), name: z.string().nullish().catch(undefined) });
const reactionSchema = z.looseObject({ message_id: id, ...place, emoji: emoji.optional().catch(undefined) });
const channelSchema = z.looseObject({
  id,
  guild_id: id,
  parent_id: id.nullish().catch(undefined),
  type: z.number().catch(0),
  newly_created: z.boolean().catch(false),
});

/** What an event says, as far as it is any business of sync. */
export type DiscordTold =
  | { readonly what: 'said' | 'edited'; readonly raw: z.output<typeof saidSchema> }
  | { readonly what: 'deleted'; readonly channelId: string; readonly guildId: string; readonly ids: readonly string[] }
  | { readonly what: 'touched'; readonly channelId: string; readonly guildId: string; readonly id: string }
  /** A channel or thread came, went, or is not what it was. */
  | { readonly what: 'channel'; readonly type: string; readonly channel: z.output<typeof channelSchema> }
  /** What there is for us in a server may be another thing now. */
  | { readonly what: 'server' };

/** Undefined for what is none of sync's business: direct messages, emoji that say nothing, what bots say. */
export function readDiscordEvent(
  { type, data }: DiscordHeard,
  settings: { readonly includeBots: boolean },
): DiscordTold | undefined {
  switch (type) {
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE': {
      const raw = saidSchema.safeParse(data).data;
      if (!raw || (raw.author?.bot && !settings.includeBots)) return undefined;
      return { what: type === 'MESSAGE_CREATE' ? 'said' : 'edited', raw };
    }
    case 'MESSAGE_DELETE': {
      const gone = deletedSchema.safeParse(data).data;
      return gone && { what: 'deleted', channelId: gone.channel_id, guildId: gone.guild_id, ids: [gone.id] };
    }
    case 'MESSAGE_DELETE_BULK': {
      const gone = manySchema.safeParse(data).data;
      return gone && { what: 'deleted', channelId: gone.channel_id, guildId: gone.guild_id, ids: gone.ids };
    }
    case 'MESSAGE_REACTION_ADD':
    case 'MESSAGE_REACTION_REMOVE':
    case 'MESSAGE_REACTION_REMOVE_ALL':
    case 'MESSAGE_REACTION_REMOVE_EMOJI': {
      const on = reactionSchema.safeParse(data).data;
      if (!on || (on.emoji && !isTelling(reactionName(on.emoji)))) return undefined;
      return { what: 'touched', channelId: on.channel_id, guildId: on.guild_id, id: on.message_id };
    }
    case 'CHANNEL_CREATE':
    case 'CHANNEL_UPDATE':
    case 'CHANNEL_DELETE':
    case 'THREAD_CREATE':
    case 'THREAD_UPDATE':
    case 'THREAD_DELETE': {
      const channel = channelSchema.safeParse(data).data;
      return channel && { what: 'channel', type, channel };
    }
    case 'GUILD_CREATE':
    case 'GUILD_DELETE':
    case 'GUILD_ROLE_UPDATE':
    case 'GUILD_ROLE_DELETE':
    case 'THREAD_LIST_SYNC':
      return { what: 'server' };
    default:
      return undefined;
  }
}
