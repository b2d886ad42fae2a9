import { z } from 'zod';
import { discordWord, statusOf } from '../../../platforms/discord/api/failure.ts';
import { reactionName } from '../../../platforms/discord/countReactions.ts';
import type { DiscordSide } from '../../../platforms/discord/DiscordSide.ts';
import { isTelling } from '../../../platforms/reactions.ts';

const LIMIT = 100;
const reactionSchema = z.looseObject({
  emoji: z.looseObject({ id: z.string().nullish().catch(undefined), name: z.string() }),
  count: z.number().catch(0),
});
const rawSchema = z.looseObject({ id: z.string(), reactions: z.array(z.unknown()).catch([]) });
const users = z
  .array(z.looseObject({ id: z.string(), username: z.string().catch(''), bot: z.boolean().catch(false) }))
  .transform((all) => all.map(({ id, username, bot }) => ({ id, name: username, isBot: bot })));

/**
 * A raw message with those who confirmed or contradicted it. Discord counts reactions only; who confirms what they said
 * themselves, or twice, is not counted, as an export shows it.
 */
export async function withReactors(
  api: DiscordSide['api'],
  channelId: string,
  raw: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const message = rawSchema.safeParse(raw).data;
  if (!message || message.reactions.length === 0) return raw;
  const reactions: unknown[] = [];
  for (const value of message.reactions) {
    const { data: reaction } = reactionSchema.safeParse(value);
    if (!reaction || reaction.count === 0 || !isTelling(reactionName(reaction.emoji))) {
      reactions.push(value);
      continue;
    }
    const { id, name } = reaction.emoji;
    const emoji = encodeURIComponent(id ? `${name}:${id}` : name);
    const path = `/channels/${channelId}/messages/${message.id}/reactions/${emoji}`;
    const query = { limit: String(LIMIT) };
    const found = await api.call('GET', path, { answer: users, priority: 'sync', query, signal }).catch((error) => {
      // Taken back meanwhile, which an event tells; or a server that does not know the route.
      if (discordWord(error) !== undefined || (statusOf(error) ?? 0) === 404) return undefined;
      throw error;
    });
    reactions.push(found ? { ...reaction, users: found } : value);
  }
  return { ...message, reactions };
}
