import { z } from 'zod';
import type { DiscordContext, DiscordReading } from './DiscordMessage.ts';
import { readExportedMessage } from './readMessage.ts';

const text = z.string().nullish().catch(undefined);
const user = z.looseObject({
  id: z.string(),
  username: z.string().catch(''),
  global_name: text,
  bot: z.boolean().catch(false),
  member: z.looseObject({ nick: text }).nullish().catch(undefined),
});
type User = z.output<typeof user>;

const listOf = <T>(item: z.ZodType<T>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((values) => values.flatMap((value) => item.safeParse(value).data ?? []));

/** https://discord.com/developers/docs/resources/message#message-object */
const messageSchema = z.looseObject({
  id: z.unknown(),
  type: z.number().catch(0),
  timestamp: text,
  edited_timestamp: text,
  content: text,
  author: user.optional().catch(undefined),
  member: z.looseObject({ nick: text }).nullish().catch(undefined),
  attachments: listOf(z.looseObject({ url: text, filename: z.string() })),
  mentions: listOf(user),
  message_reference: z
    .looseObject({ type: z.number().catch(0), message_id: text, channel_id: text, guild_id: text })
    .nullish()
    .catch(undefined),
});

/** Reads a message as Discord's API and gateway give it, in the way that exported ones are read. Never throws. */
export function readLiveMessage(raw: unknown, context: DiscordContext): DiscordReading {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return { message: { skipped: 'unreadable' }, people: [] };
  const { author, member, attachments, mentions, message_reference: reference, ...rest } = parsed.data;
  return readExportedMessage(
    {
      ...rest,
      timestampEdited: rest.edited_timestamp,
      author: author && asExported(author, member?.nick),
      attachments: attachments.map(({ url, filename }) => ({ url, fileName: filename })),
      mentions: mentions.map((one) => asExported(one, one.member?.nick)),
      reference: reference && {
        type: reference.type === 1 ? 'Forward' : 'Default',
        ...{ messageId: reference.message_id, channelId: reference.channel_id, guildId: reference.guild_id },
      },
      forwardedMessage: reference?.type === 1 ? {} : undefined,
    },
    context,
  );
}

function asExported({ id, username, global_name, bot }: User, nick: string | null | undefined) {
  return { id, name: username, nickname: nick || global_name || undefined, globalName: global_name, isBot: bot };
}
