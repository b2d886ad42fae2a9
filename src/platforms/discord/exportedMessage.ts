import { z } from 'zod';

/**
 * A message as DiscordChatExporter writes it in JSON
 * (https://github.com/Tyrrrz/DiscordChatExporter, JsonMessageWriter). Only its id, its time and its author are asked
 * for; another field that is missing or not what it should be is as if it were not there: versions differ.
 */
const text = z.string().nullish().catch(undefined);
const snowflake = z.string().regex(/^\d{1,20}$/);
const maybeSnowflake = snowflake.nullish().catch(undefined);

/** A list whose bad elements are left out; no list at all is an empty one. */
function listOf<T>(item: z.ZodType<T>, atMost: number) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.slice(0, atMost).flatMap((value) => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

const user = z.object({
  id: snowflake,
  name: z.string().catch(''),
  nickname: text,
  /** Of live messages: what they call themselves everywhere. */
  globalName: text,
  isBot: z.boolean().catch(false),
});

const embed = z.object({
  title: text,
  url: text,
  description: text,
  author: z.object({ name: text }).nullish().catch(undefined),
  footer: z.object({ text }).nullish().catch(undefined),
  fields: listOf(z.object({ name: text, value: text }), 25),
});

const reaction = z.object({
  emoji: z.object({ id: text, name: z.string(), code: text }),
  count: z.number().int().nonnegative().catch(0),
  users: listOf(user, 10_000),
});

export const exportedMessageSchema = z.object({
  id: snowflake,
  type: z.union([z.string(), z.number().transform(String)]).catch('Default'),
  timestamp: z.string(),
  timestampEdited: text,
  content: z.string().nullish().catch(''),
  author: user,
  attachments: listOf(z.object({ url: text, fileName: z.string() }), 50),
  embeds: listOf(embed, 20),
  reactions: listOf(reaction, 100),
  mentions: listOf(user, 200),
  reference: z
    .object({ type: text, messageId: maybeSnowflake, channelId: maybeSnowflake, guildId: maybeSnowflake })
    .nullish()
    .catch(undefined),
  /** Of a forwarded message a copy is written; we keep the link (`reference`). */
  forwardedMessage: z.unknown().optional(),
});

/** The little of it that says who came and went, for who reads a whole export for that. */
export const exportedMovementSchema = exportedMessageSchema.pick({ type: true }).extend({
  author: z.object({ id: snowflake }),
  mentions: listOf(z.object({ id: snowflake }), 200),
});

export type ExportedMessage = z.output<typeof exportedMessageSchema>;
export type ExportedUser = z.output<typeof user>;
export type ExportedEmbed = z.output<typeof embed>;
export type ExportedReaction = z.output<typeof reaction>;

const member = z.object({ id: snowflake, name: z.string().catch('') });

/** What stands before the messages of an exported channel, thread or direct conversation. */
export const exportedHeadSchema = z.object({
  guild: member,
  channel: member.extend({
    type: z.union([z.string(), z.number().transform(String)]).catch(''),
    /** Of a thread: the channel that it stands in. */
    categoryId: maybeSnowflake,
    category: text,
  }),
  exportedAt: text,
});

export type ExportedHead = z.output<typeof exportedHeadSchema>;
