import { z } from 'zod';
import { patiently } from '../../../platforms/patiently.ts';
import type { Reservation } from '../../../platforms/slack/api/budget.ts';
import type { SlackApi } from '../../../platforms/slack/api/createSlackApi.ts';
import { isGone, isUnshowable, slackWord } from '../../../platforms/slack/api/failure.ts';
import type { Workspace } from '../../../platforms/slack/workspace.ts';
import { messageOf, plainMessages, type RenderedMessage, type Rendering } from '../render/renderAnswer.ts';
import type { Destination } from './Destination.ts';
import { lookForPosts } from './lookForPosts.ts';
import { metadataOf, type PostMark } from './metadata.ts';

/** An own message that cannot be changed: somebody took it away, or Slack will not have it edited any more. */
const LOST = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'streaming_state_conflict',
]);

export const posted = z.object({ ts: z.string() });
const done = z.object({});

/** Posts and changes messages so that each is there once, however Slack fails meanwhile. */
export interface Sender {
  /** Posts one message. Waits out whatever Slack suffers from; throws when it refuses, or when it is stopped. */
  post(to: Destination, message: RenderedMessage | string, mark: PostMark, taken?: boolean): Promise<string>;
  /** Makes `existing` posts show this answer, posts what is missing, takes away what is too much. @returns their ts */
  settle(to: Destination, existing: readonly string[], rendering: Rendering, mark: Settled): Promise<string[]>;
  remove(to: Pick<Destination, 'channel'>, ts: string): Promise<void>;
}

export interface Settled {
  readonly questionId: string;
  readonly answerId: string;
  /** Room kept for the first change. */
  readonly reserved?: Reservation;
}

export function createSender(deps: {
  readonly api: SlackApi;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}): Sender {
  const { api, workspace, signal } = deps;

  const contentOf = (message: RenderedMessage | string) =>
    typeof message === 'string' ? { text: message, blocks: [] } : { text: message.text, blocks: message.blocks };

  /** Once it is open whether a post was made, only Slack knows. */
  async function findMade({ questionId, part, answerId }: PostMark): Promise<string | undefined> {
    const { posts } = await lookForPosts(api, workspace, questionId);
    return posts.find(({ mark }) => mark.questionId === questionId && mark.part === part && mark.answerId === answerId)
      ?.ts;
  }

  const lastingly = <T>(work: () => Promise<T>) => patiently(work, api.timing, signal);

  async function post(to: Destination, message: RenderedMessage | string, mark: PostMark, taken = false) {
    const args = {
      channel: to.channel,
      ...(to.threadTs ? { thread_ts: to.threadTs } : {}),
      ...contentOf(message),
      metadata: metadataOf(mark),
      unfurl_links: false,
      unfurl_media: false,
    };
    let tried = false;
    return lastingly(async () => {
      const made = tried ? await findMade(mark) : undefined;
      if (made) return made;
      const first = !tried;
      tried = true;
      const options = { answer: posted, priority: 'answer' as const, once: true, taken: taken && first, signal };
      return (await api.call('chat.postMessage', args, options)).ts;
    });
  }

  /** @returns false when there is nothing to change any more */
  async function update(
    to: Destination,
    ts: string,
    message: RenderedMessage | string,
    mark: PostMark,
    reserved?: Reservation,
  ): Promise<boolean> {
    const args = { channel: to.channel, ts, ...contentOf(message), metadata: metadataOf(mark) };
    try {
      await lastingly(() =>
        api.call('chat.update', args, { answer: done, priority: 'answer', signal, ...(reserved ? { reserved } : {}) }),
      );
      return true;
    } catch (error) {
      if (LOST.has(slackWord(error) ?? '')) return false;
      throw error;
    }
  }

  async function settleAs(
    to: Destination,
    existing: readonly string[],
    messages: readonly (RenderedMessage | string)[],
    mark: Settled,
  ): Promise<string[]> {
    const shown: string[] = [];
    for (const [part, message] of messages.entries()) {
      const own = { questionId: mark.questionId, answerId: mark.answerId, part, parts: messages.length };
      const ts = existing[part];
      const isShown = ts !== undefined && (await update(to, ts, message, own, part === 0 ? mark.reserved : undefined));
      if (ts !== undefined && !isShown) await remove(to, ts);
      shown.push(isShown ? ts : await post(to, message, own));
    }
    for (const ts of existing.slice(messages.length)) await remove(to, ts);
    return shown;
  }

  async function remove({ channel }: Pick<Destination, 'channel'>, ts: string) {
    try {
      await lastingly(() => api.call('chat.delete', { channel, ts }, { answer: done, priority: 'answer', signal }));
    } catch (error) {
      if (
        !isGone(error) &&
        !['message_not_found', 'cant_delete_message', 'is_inactive'].includes(slackWord(error) ?? '')
      )
        throw error;
    }
  }

  return {
    post,
    remove,
    async settle(to, existing, rendering, mark) {
      const whole = rendering.parts.map((_, i) => messageOf(rendering, i));
      try {
        return await settleAs(to, existing, whole, mark);
      } catch (error) {
        if (!isUnshowable(error)) throw error;
        // Better plain than not at all. What was posted with blocks before the refusal is found and changed.
        const { posts } = await lookForPosts(api, workspace, mark.questionId);
        const made = [...new Set([...existing, ...posts.map(({ ts }) => ts)])];
        return settleAs(to, made, plainMessages(rendering), mark);
      }
    },
  };
}
