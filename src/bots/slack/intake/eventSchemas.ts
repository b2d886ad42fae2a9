import { z } from 'zod';

const id = z.string().regex(/^[A-Z0-9]{2,40}$/);
const ts = z.string().regex(/^\d{1,10}\.\d{6}$/);
const optionalText = z.string().optional().catch(undefined);
/** Some events carry a channel as its id, some as an object. */
const channel = z.union([id, z.object({ id }).transform((object) => object.id)]);

/** The envelope of the Events API: https://docs.slack.dev/apis/events-api/#callback-field */
export const envelopeSchema = z.looseObject({
  type: z.literal('event_callback'),
  event_id: z.string().min(1).max(200).optional().catch(undefined),
  event: z.looseObject({ type: z.string() }),
});

/** A message as people write it; `raw` is kept for reading its text. */
export const saidSchema = z.looseObject({
  type: z.enum(['message', 'app_mention']),
  subtype: optionalText,
  channel: id,
  channel_type: optionalText,
  user: id.optional().catch(undefined),
  bot_id: optionalText,
  ts,
  thread_ts: ts.optional().catch(undefined),
  edited: z.object({ ts }).optional().catch(undefined),
  text: z.string().catch(''),
});

const innerMessage = z.looseObject({
  ts,
  thread_ts: ts.optional().catch(undefined),
  user: id.optional().catch(undefined),
  bot_id: optionalText,
  subtype: optionalText,
  text: z.string().catch(''),
  edited: z.object({ ts }).optional().catch(undefined),
});
export type InnerMessage = z.infer<typeof innerMessage>;

export const changedSchema = z.object({
  channel: id,
  event_ts: ts.optional().catch(undefined),
  channel_type: optionalText,
  message: innerMessage,
  previous_message: innerMessage.optional().catch(undefined),
});

export const deletedSchema = z.object({
  channel: id,
  deleted_ts: ts,
  previous_message: innerMessage.optional().catch(undefined),
});

export const reactionSchema = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: id,
  reaction: z.string(),
  item_user: optionalText,
  item: z.object({ type: z.literal('message'), channel: id, ts }),
});

export const assistantStartedSchema = z.object({
  assistant_thread: z.object({ user_id: id, channel_id: id, thread_ts: ts }),
});

export const homeSchema = z.object({ user: id, tab: z.string().catch('') });

export const memberSchema = z.object({
  type: z.enum(['member_joined_channel', 'member_left_channel']),
  user: id,
  channel: id,
});

export const channelSchema = z.object({ channel });
export const userSchema = z.object({ user: z.looseObject({ id }) });
