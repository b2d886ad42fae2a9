import { z } from 'zod';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import { isGone, isUnshowable, statusOf } from '../../../platforms/discord/api/failure.ts';
import { patiently } from '../../../platforms/patiently.ts';
import type { RenderedMessage } from '../render/renderAnswer.ts';
import { placedSchema, quietly, showBriefly } from './createChannelSurface.ts';
import type { Placed, Surface } from './Surface.ts';

const LEFT_TO_OTHERS = 1;
const EPHEMERAL = 1 << 6;
/** Where the first answer of an interaction is. */
const ORIGINAL = '@original';

/** What an interaction is answered with, as long as its token lives (15 minutes); after that, messages elsewhere. */
export function createInteractionSurface(deps: {
  readonly api: DiscordApi;
  readonly appId: string;
  readonly channelId: string;
  readonly token: string;
  readonly isPrivate: boolean;
  /** Resolves with whether the interaction was taken up, so that it can be answered. */
  readonly begun: Promise<boolean>;
  /** What was posted after the first answer before a crash, in order. */
  readonly followUps: readonly string[];
  readonly isExpired: () => boolean;
  /** Where it goes on when the interaction cannot be reached any more. */
  readonly elsewhere: () => Promise<Surface>;
  readonly noted: (placed: Placed, part: number) => Promise<void>;
  readonly signal: AbortSignal;
}): Surface {
  const { api, channelId, signal } = deps;
  const path = `/webhooks/${deps.appId}/${deps.token}`;
  const posts: string[] = ['', ...deps.followUps];
  let fallen: Promise<Surface> | undefined;
  let other: Surface | undefined;

  function fall(): Promise<Surface> {
    fallen ??= deps.elsewhere().then((surface) => {
      other = surface;
      return surface;
    });
    return fallen;
  }

  async function isReachable(): Promise<boolean> {
    return !fallen && (await deps.begun) && !deps.isExpired();
  }

  async function first(message: RenderedMessage): Promise<Placed> {
    const options = { answer: placedSchema.partial(), priority: 'answer' as const, body: quietly(message), signal };
    const { id } = await patiently(
      () => {
        // Discord may have a bad quarter of an hour.
        if (deps.isExpired()) return Promise.resolve({ id: undefined, isOver: true });
        return api.call('PATCH', `${path}/messages/${ORIGINAL}`, options);
      },
      api.timing,
      signal,
    ).then((made) => {
      if ('isOver' in made) throw new Expired();
      return made;
    });
    posts[0] = id ?? '';
    const placed = { channelId, messageId: id ?? ORIGINAL };
    if (id && !deps.isPrivate) await deps.noted(placed, 0);
    return placed;
  }

  async function follow(part: number, message: RenderedMessage): Promise<Placed> {
    const known = posts[part];
    const shown = quietly(message);
    const body = deps.isPrivate ? { ...shown, flags: shown.flags | EPHEMERAL } : shown;
    const options = { answer: placedSchema, priority: 'answer' as const, body, signal };
    const { id } = await (known
      ? patiently(() => api.call('PATCH', `${path}/messages/${known}`, options), api.timing, signal)
      : patiently(
          () => api.call('POST', path, { ...options, once: true, query: { wait: 'true' } }),
          api.timing,
          signal,
        ));
    posts[part] = id;
    await deps.noted({ channelId, messageId: id }, part);
    return { channelId, messageId: id };
  }

  return {
    placed: () => other?.placed() ?? posts.flatMap((messageId) => (messageId ? [{ channelId, messageId }] : [])),
    async write(part, message) {
      if (!(await isReachable())) return (await fall()).write(part, message);
      try {
        return await (part === 0 ? first(message) : follow(part, message));
      } catch (error) {
        const isOver = error instanceof Expired || statusOf(error) === 401 || isGone(error);
        if (!isOver || isUnshowable(error)) throw error;
        return (await fall()).write(part, message);
      }
    },
    async tryShow(message) {
      if (!(await isReachable())) return other ? other.tryShow(message) : true;
      return showBriefly(api, `${path}/messages/${ORIGINAL}`, quietly(message), LEFT_TO_OTHERS);
    },
    async trim(parts) {
      if (other) return other.trim(parts);
      for (const id of posts.splice(Math.max(1, parts))) {
        await api
          .call('DELETE', `${path}/messages/${id}`, { answer: z.unknown(), priority: 'answer', signal })
          .catch(() => {});
      }
    },
  };
}

/** The quarter of an hour in which an interaction can be answered is over. */
class Expired extends Error {}
