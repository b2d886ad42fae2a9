import { z } from 'zod';
import type { Message } from '../../../knowledge/Message.ts';
import { isTelling } from '../../../platforms/reactions.ts';
import { parseSlackTs } from '../../../platforms/slack/slackTime.ts';
import type { ChannelEvent } from '../../channels/ChannelEvent.ts';
import { emptied } from '../../channels/ChannelHistory.ts';
import type { ReadSlack } from './readSlack.ts';

const ts = z.string().regex(/^\d{1,10}\.\d{6}$/);
const id = z.string().regex(/^[A-Z0-9]{2,40}$/);
const inner = z.looseObject({ ts, thread_ts: ts.optional().catch(undefined) });

const messageSchema = z.looseObject({
  type: z.literal('message'),
  subtype: z.string().optional().catch(undefined),
  channel: id,
  channel_type: z.string().optional().catch(undefined),
  ts,
  event_ts: ts.optional().catch(undefined),
  thread_ts: ts.optional().catch(undefined),
  deleted_ts: ts.optional().catch(undefined),
  message: inner.optional().catch(undefined),
  previous_message: inner.optional().catch(undefined),
});

const reactionSchema = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  reaction: z.string(),
  item: z.object({ type: z.literal('message'), channel: id, ts }),
  event_ts: ts,
});

export type SlackEventBody = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Whether an event tells of what is said in a channel: not in a direct message, and no emoji that says nothing. */
export function isOfChannel(event: SlackEventBody): boolean {
  const message = messageSchema.safeParse(event).data;
  if (message) {
    // A thread's root also says that it has a reply: the reply itself comes too.
    if (message.subtype === 'message_replied') return false;
    return message.channel_type === undefined
      ? !message.channel.startsWith('D')
      : message.channel_type === 'channel' || message.channel_type === 'group';
  }
  const reaction = reactionSchema.safeParse(event).data;
  return reaction !== undefined && isTelling(reaction.reaction) && !reaction.item.channel.startsWith('D');
}

/** What an event of Slack's says of one message; undefined for what says nothing of any. */
export async function readSlackEvent(event: unknown, read: ReadSlack): Promise<ChannelEvent | undefined> {
  const reaction = reactionSchema.safeParse(event).data;
  if (reaction) {
    const { item, event_ts } = reaction;
    return { key: item.channel, messageId: item.ts, atUs: usOf(event_ts), what: { kind: 'touched' } };
  }
  const parsed = messageSchema.safeParse(event).data;
  if (!parsed) return undefined;
  const { channel: key, subtype, message, previous_message, deleted_ts } = parsed;
  const atUs = usOf(parsed.event_ts ?? parsed.ts);
  const inThread = (threadId: string | undefined) => (threadId === undefined ? {} : { threadId });
  if (subtype === 'message_deleted') {
    const messageId = deleted_ts ?? previous_message?.ts;
    if (!messageId) return undefined;
    return { key, messageId, atUs, ...inThread(previous_message?.thread_ts), what: { kind: 'deleted' } };
  }
  const raw = subtype === 'message_changed' ? message : parsed;
  if (!raw) return undefined;
  const [reading]: (Message | undefined)[] = await read(key, [raw]);
  const kind = subtype === 'message_changed' ? 'edited' : 'said';
  return {
    ...{ key, messageId: raw.ts, atUs, ...inThread(raw.thread_ts) },
    what: { kind, message: reading ?? emptied(raw.ts) },
  };
}

const usOf = (at: string) => parseSlackTs(at)?.atUs ?? 0;
