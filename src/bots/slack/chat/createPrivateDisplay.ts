import { z } from 'zod';
import type { SlackApi } from '../../../platforms/slack/api/createSlackApi.ts';
import { isRevoked } from '../../../platforms/slack/api/failure.ts';
import { messageOf, plainMessages, type RenderedMessage } from '../render/renderAnswer.ts';
import type { Sender } from './createSender.ts';
import type { Destination } from './Destination.ts';
import type { Display } from './Display.ts';

/**
 * An answer that only the asker sees. It takes the place of the sign that came with the acknowledgement; where that
 * cannot be reached any more (after half an hour) it is sent anew in the channel, or else as a direct message.
 */
export function createPrivateDisplay(deps: {
  readonly api: SlackApi;
  readonly sender: Sender;
  readonly to: Destination;
  readonly sendToResponseUrl: (url: string, message: Readonly<Record<string, unknown>>) => Promise<void>;
}): Display {
  const { api, to } = deps;

  async function reply(message: RenderedMessage | string, isFirst: boolean): Promise<boolean> {
    if (!to.responseUrl) return false;
    const content = typeof message === 'string' ? { text: message } : message;
    const thread = to.threadTs ? { thread_ts: to.threadTs } : {};
    const options = { response_type: 'ephemeral', replace_original: isFirst, unfurl_links: false, unfurl_media: false };
    try {
      await deps.sendToResponseUrl(to.responseUrl, { ...content, ...thread, ...options });
      return true;
    } catch {
      return false;
    }
  }

  async function whisper(message: RenderedMessage | string): Promise<boolean> {
    const content = typeof message === 'string' ? { text: message } : message;
    const args = {
      channel: to.channel,
      user: to.personId,
      ...(to.threadTs ? { thread_ts: to.threadTs } : {}),
      ...content,
    };
    try {
      await api.call('chat.postEphemeral', args, { answer: z.object({}), priority: 'answer', once: true });
      return true;
    } catch (error) {
      if (isRevoked(error)) throw error;
      return false;
    }
  }

  return {
    show() {},
    async settle(rendering, { questionId, answerId }) {
      const parts = rendering.parts.length;
      for (let part = 0; part < parts; part++) {
        const message = messageOf(rendering, part);
        if ((await reply(message, part === 0)) || (await whisper(message))) continue;
        const [plain = message.text, ...more] = plainMessages({ ...rendering, parts: [rendering.parts[part] ?? ''] });
        if (await reply(plain, part === 0)) {
          for (const piece of more) await reply(piece, false);
          continue;
        }
        const { threadTs: _, ...person } = { ...to, channel: to.personId };
        await deps.sender.post(person, message, { questionId, answerId, part, parts });
      }
      return [];
    },
    leave: async () => [],
    idle: async () => {},
  };
}
