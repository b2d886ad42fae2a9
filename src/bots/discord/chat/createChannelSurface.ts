import { z } from 'zod';
import { sha256 } from '../../../base/hash.ts';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import { isGone, isLost } from '../../../platforms/discord/api/failure.ts';
import { patiently } from '../../../platforms/patiently.ts';
import type { RenderedMessage } from '../render/renderAnswer.ts';
import type { Placed, Surface } from './Surface.ts';

/** Of a bucket, so many are left to answers that are finished. */
const LEFT_TO_OTHERS = 2;
const NONCE_CHARACTERS = 25;
const SUPPRESS_EMBEDS = 1 << 2;

export const placedSchema = z.object({ id: z.string() });

/** Nobody is called by what we say, whatever stands in it; links in it do not unfold. */
export const quietly = (message: RenderedMessage) => ({
  ...message,
  allowed_mentions: { parse: [], replied_user: false },
  flags: SUPPRESS_EMBEDS,
});

/** An answer as messages in a channel, thread or direct conversation. */
export function createChannelSurface(deps: {
  readonly api: DiscordApi;
  readonly channelId: string;
  /** The message that is answered. */
  readonly replyTo?: string | undefined;
  /** What makes a post the same post when it is sent again. */
  readonly name: string;
  /** What is there already, in the order of the parts. */
  readonly posts: readonly string[];
  /** Posts of ours to this question that Discord shows and nobody wrote down, oldest first. */
  readonly strays: () => Promise<readonly string[]>;
  /** Stands before the first part. */
  readonly heading?: string;
  /** Told of each post as soon as it is there. */
  readonly noted: (placed: Placed, part: number) => Promise<void>;
  readonly signal: AbortSignal;
}): Surface {
  const { api, channelId, signal } = deps;
  const posts: (string | undefined)[] = [...deps.posts];
  const path = `/channels/${channelId}/messages`;
  const placed = (messageId: string) => ({ channelId, messageId });
  let lost = 0;

  const bodyOf = (message: RenderedMessage, part: number) => {
    const content =
      part === 0 && deps.heading ? `${deps.heading}\n${message.content}`.slice(0, 2_000) : message.content;
    return quietly({ ...message, content });
  };

  async function post(part: number, message: RenderedMessage): Promise<string> {
    const nonce = sha256(`${deps.name} ${part} ${lost}`).slice(0, NONCE_CHARACTERS);
    const reply = deps.replyTo ? { message_reference: { message_id: deps.replyTo, fail_if_not_exists: false } } : {};
    const body = { ...bodyOf(message, part), ...reply, nonce, enforce_nonce: true };
    let tried = false;
    const id = await patiently(
      async () => {
        const [made] = tried ? await deps.strays() : [];
        if (made !== undefined) return made;
        tried = true;
        return (await api.call('POST', path, { answer: placedSchema, priority: 'answer', once: true, body, signal }))
          .id;
      },
      api.timing,
      signal,
    );
    posts[part] = id;
    await deps.noted(placed(id), part);
    return id;
  }

  /** @returns false when it is not there any more */
  async function edit(id: string, part: number, message: RenderedMessage): Promise<boolean> {
    const options = { answer: z.unknown(), priority: 'answer' as const, body: bodyOf(message, part), signal };
    try {
      await patiently(() => api.call('PATCH', `${path}/${id}`, options), api.timing, signal);
      return true;
    } catch (error) {
      if (isLost(error)) return false;
      throw error;
    }
  }

  return {
    placed: () => posts.flatMap((id) => (id === undefined ? [] : [placed(id)])),
    async write(part, message) {
      const known = posts[part];
      if (known !== undefined) {
        if (await edit(known, part, message)) return placed(known);
        // Somebody took it away; an answer is not lost by that.
        posts[part] = undefined;
        lost++;
      }
      return placed(await post(part, message));
    },
    async tryShow(message) {
      const [id] = posts;
      return id === undefined || showBriefly(api, `${path}/${id}`, bodyOf(message, 0), LEFT_TO_OTHERS);
    },
    async trim(parts) {
      for (const id of posts.splice(parts)) {
        if (id === undefined) continue;
        const remove = () => api.call('DELETE', `${path}/${id}`, { answer: z.unknown(), priority: 'answer', signal });
        await patiently(remove, api.timing, signal).catch((error) => {
          if (!isGone(error)) throw error;
        });
      }
    },
  };
}

/** Changes a message if there is room for it at this moment. @param keep of its bucket, so many are left to others */
export async function showBriefly(
  api: DiscordApi,
  path: string,
  body: Readonly<Record<string, unknown>>,
  keep: number,
): Promise<boolean> {
  if (!api.budget.tryTake({ method: 'PATCH', path, priority: 'show' }, keep)) return false;
  const options = { answer: z.unknown(), priority: 'show', brief: true, taken: true, body } as const;
  await api.call('PATCH', path, options).catch(() => {}); // The end meets the same trouble, and tells of it.
  return true;
}
