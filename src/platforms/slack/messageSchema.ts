import { z } from 'zod';

/**
 * A message as Slack's exports, events and methods give it: https://docs.slack.dev/reference/events/message.
 * Nothing but an object is asked for. A field that is missing, or is not what it should be, is as if it were not there:
 * exports of fifteen years, and the tools that write something like them, differ in all but the core.
 */
const text = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.coerce.number().int().nonnegative().catch(0);

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

const file = z.object({
  name: text,
  title: text,
  mode: text,
  permalink: text,
  url_private: text,
  user: text,
});

const attachment = z.object({
  title: text,
  title_link: text,
  text: text,
  pretext: text,
  fallback: text,
  from_url: text,
  is_msg_unfurl: flag,
  is_share: flag,
  channel_id: text,
  fields: listOf(z.object({ title: text, value: text }), 50),
  blocks: listOf(z.unknown(), 100),
});

const reaction = z.object({ name: z.string(), users: listOf(z.string(), 10_000), count });

export const messageSchema = z.object({
  type: text,
  subtype: text,
  ts: text,
  thread_ts: text,
  deleted_ts: text,
  reply_count: count,
  user: text,
  bot_id: text,
  hidden: flag,
  text: text,
  blocks: listOf(z.unknown(), 100),
  attachments: listOf(attachment, 50),
  files: listOf(file, 100),
  file: file.optional().catch(undefined),
  comment: z.object({ user: text, comment: text }).optional().catch(undefined),
  edited: z.object({ ts: text }).optional().catch(undefined),
  reactions: listOf(reaction, 100),
  /** The message itself within `message_changed`, read by the same schema. */
  message: z.unknown().optional(),
  previous_message: z.unknown().optional(),
});

export type RawMessage = z.infer<typeof messageSchema>;
export type RawAttachment = RawMessage['attachments'][number];
export type RawFile = RawMessage['files'][number];
