import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Message } from '../../../knowledge/Message.ts';
import { isGone, slackWord } from '../../../platforms/slack/api/failure.ts';
import type { SlackSide } from '../../../platforms/slack/SlackSide.ts';
import { parseSlackTs } from '../../../platforms/slack/slackTime.ts';
import { type ChannelHistory, emptied, type ThreadFacts } from '../../channels/ChannelHistory.ts';
import type { ReadSlack } from './readSlack.ts';

/** The most that Slack gives at once; an app of the 1-a-minute class gets 15. */
const HISTORY_LIMIT = 999;
const REPLIES_LIMIT = 1000;

const rawMessage = z.looseObject({
  ts: z.string().optional().catch(undefined),
  reply_count: z.number().int().nonnegative().catch(0),
  latest_reply: z.string().optional().catch(undefined),
});
const answer = z.object({
  messages: z.array(rawMessage),
  has_more: z.boolean().catch(false),
  /** What is older is hidden by the workspace's plan. */
  is_limited: z.boolean().catch(false),
});
type RawMessage = z.output<typeof rawMessage>;

const usOf = (id: string) => parseSlackTs(id)?.atUs ?? 0;

/** A Slack channel's history, read through the one client behind everything else that asks: `conversations.*`. */
export function createSlackHistory(
  { api }: Pick<SlackSide, 'api'>,
  channel: { readonly id: string; readonly name: string },
  read: ReadSlack,
): ChannelHistory {
  const known = <T extends { readonly ts?: string | undefined }>(raws: readonly T[]) =>
    raws.flatMap((raw) => {
      const time = parseSlackTs(raw.ts);
      return time ? [{ id: time.ts, raw }] : [];
    });

  async function call(
    method: 'conversations.history' | 'conversations.replies',
    args: Record<string, unknown>,
    signal: AbortSignal,
  ) {
    try {
      return await api.call(method, { channel: channel.id, ...args }, { answer, priority: 'sync', signal });
    } catch (error) {
      if (!isGone(error) || slackWord(error) === 'thread_not_found') throw error;
      throw new BackscrollError(
        'not-found',
        `${channel.name} is not there for Backscroll any more (${slackWord(error)}). Invite it again if it should be.`,
        { cause: error },
      );
    }
  }

  /** Undefined for a thread that is not there any more. */
  async function callReplies(args: Record<string, unknown>, signal: AbortSignal) {
    try {
      return await call('conversations.replies', args, signal);
    } catch (error) {
      if (slackWord(error) === 'thread_not_found') return undefined;
      throw error;
    }
  }

  return {
    async page({ after, before }, signal) {
      const args = { limit: HISTORY_LIMIT, ...(after ? { oldest: after } : {}), ...(before ? { latest: before } : {}) };
      const found = await call('conversations.history', args, signal);
      const raws = known(found.messages);
      const oldest = raws.map(({ id }) => id).sort((a, b) => usOf(a) - usOf(b))[0];
      const next = found.has_more ? oldest : undefined;
      return {
        messages: await messagesOf(raws, channel.id, read),
        threads: raws.flatMap(({ id, raw }) => threadOf(id, raw)),
        ...(next === undefined ? {} : { next }),
        // More, but nothing to begin it with; or more that our plan does not show.
        ...(found.is_limited || (found.has_more && next === undefined) ? { isCutOff: true as const } : {}),
      };
    },

    async replies(threadId, after, signal) {
      const args = { ts: threadId, limit: REPLIES_LIMIT, ...(after ? { oldest: after } : {}) };
      const found = await callReplies(args, signal);
      if (!found) return { messages: [emptied(threadId)] };
      const raws = known(found.messages);
      const last = raws
        .map(({ id }) => id)
        .filter((id) => id !== threadId)
        .sort((a, b) => usOf(b) - usOf(a))[0];
      const next = found.has_more ? last : undefined;
      return { messages: await messagesOf(raws, channel.id, read), ...(next === undefined ? {} : { next }) };
    },

    async look(messageId, _threadId, signal) {
      const args = { ts: messageId, oldest: messageId, latest: messageId, inclusive: true, limit: 1 };
      const found = await callReplies(args, signal);
      const raws = known(found?.messages ?? []).filter(({ id }) => id === messageId);
      return (await messagesOf(raws, channel.id, read))[0] ?? emptied(messageId);
    },

    pace: {
      atUs: usOf,
      idAt: (us) => `${Math.floor(us / 1_000_000)}.${String(us % 1_000_000).padStart(6, '0')}`,
      callMs: () => ({
        page: api.budget.everyMs('conversations.history'),
        replies: api.budget.everyMs('conversations.replies'),
      }),
    },
  };
}

async function messagesOf(
  raws: readonly { readonly id: string; readonly raw: RawMessage }[],
  channelId: string,
  read: ReadSlack,
): Promise<Message[]> {
  const readings = await read(
    channelId,
    raws.map(({ raw }) => raw),
  );
  return readings.map((message, i) => message ?? emptied(raws[i]?.id as string));
}

function threadOf(id: string, { reply_count, latest_reply }: RawMessage): ThreadFacts[] {
  if (reply_count === 0) return [];
  const latest = parseSlackTs(latest_reply)?.ts;
  return [{ id, replies: reply_count, ...(latest === undefined ? {} : { latest }) }];
}
