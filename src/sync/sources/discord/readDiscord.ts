import { z } from 'zod';
import type { Message } from '../../../knowledge/Message.ts';
import type { DiscordSide } from '../../../platforms/discord/DiscordSide.ts';
import { readLiveMessage } from '../../../platforms/discord/liveMessage.ts';
import { spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import type { Spaces } from '../../../store/spaces.ts';

/** Where messages stand: a thread is a channel of its own. */
export interface Spot {
  readonly guildId: string;
  readonly channelId: string;
  readonly thread?: { readonly name: string };
}

/**
 * What becomes of a raw message. `not-for-us`: a notice, said by a bot, by ourselves, or by somebody whom the config
 * leaves out. `hidden`: it is there and Discord does not show us what it says. `wordless`: a sticker, a poll.
 */
export type DiscordRead =
  | { readonly id: string; readonly message: Message }
  | { readonly id: string; readonly why: 'not-for-us' | 'hidden' | 'wordless' };

/** Reads raw messages, and makes their authors known. Those without an id are left out. */
export type ReadDiscord = (spot: Spot, raws: readonly unknown[]) => Promise<DiscordRead[]>;

const SPOKEN = new Set([0, 19, 20, 23]);
const some = z.array(z.unknown()).catch([]);
const rawSchema = z.looseObject({
  id: z.string().regex(/^\d{1,20}$/),
  type: z.number().catch(0),
  content: z.string().nullish().catch(undefined),
  attachments: some,
  embeds: some,
  components: some,
  sticker_items: some,
  message_snapshots: some,
  poll: z.unknown().optional(),
  message_reference: z
    .looseObject({ type: z.number().catch(0) })
    .nullish()
    .catch(undefined),
});

export function createReadDiscord(
  { identity }: Pick<DiscordSide, 'identity'>,
  spaces: Pick<Spaces, 'put' | 'list' | 'isBot'>,
  settings: { readonly includeBots: boolean; readonly exceptPeople: readonly string[] },
): ReadDiscord {
  const except = new Set(settings.exceptPeople);
  const names = new Map<string, string>();

  async function makeKnown(guildId: string, people: ReturnType<typeof readLiveMessage>['people']) {
    const id = spaceOf(guildId);
    // Whoever is known keeps the name that they have in this server: history does not tell it.
    const fresh = new Map(people.filter((one) => spaces.isBot(id, one.id) === undefined).map((one) => [one.id, one]));
    if (fresh.size === 0) return;
    if (!names.has(id)) for (const space of await spaces.list()) names.set(space.id, space.name);
    await spaces.put({ id, platform: 'discord', name: names.get(id) ?? guildId }, [...fresh.values()]);
  }

  return async (spot, raws) => {
    const context = { ...spot, includeBots: settings.includeBots };
    const reads: DiscordRead[] = [];
    const people: ReturnType<typeof readLiveMessage>['people'][number][] = [];
    for (const value of raws) {
      const raw = rawSchema.safeParse(value).data;
      if (!raw) continue;
      const { id } = raw;
      const blank = blankness(raw);
      const { message, people: named } = readLiveMessage(value, context);
      const author = z.looseObject({ author: z.looseObject({ id: z.string() }) }).safeParse(value).data?.author.id;
      const isOwn = author === identity.botUserId;
      const isBots = 'skipped' in message && message.skipped === 'bot';
      // Nothing is ever concluded from a message that says nothing: without the intent, all do.
      if (blank && !isOwn && !isBots) reads.push({ id, why: blank });
      else if ('skipped' in message || isOwn || except.has(message.personId)) reads.push({ id, why: 'not-for-us' });
      else {
        reads.push({ id, message });
        people.push(...named);
      }
    }
    if (people.length > 0) await makeKnown(spot.guildId, people);
    return reads;
  };
}

function blankness(raw: z.output<typeof rawSchema>): 'hidden' | 'wordless' | undefined {
  const { type, content, attachments, embeds, components, sticker_items, message_snapshots, poll } = raw;
  if (!SPOKEN.has(type) || content || raw.message_reference?.type === 1) return undefined;
  if ([attachments, embeds, components, message_snapshots].some(({ length }) => length > 0)) return undefined;
  return sticker_items.length > 0 || (poll !== undefined && poll !== null) ? 'wordless' : 'hidden';
}
