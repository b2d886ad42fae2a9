import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import type { Identity } from '../../../platforms/discord/Identity.ts';
import type { Posts } from '../../../store/posts.ts';
import type { Question } from '../../Chat.ts';
import { readQuestionId } from '../questionId.ts';
import { createChannelSurface } from './createChannelSurface.ts';
import type { Defers } from './createDefers.ts';
import { createInteractionSurface } from './createInteractionSurface.ts';
import { destinationOf } from './Destination.ts';
import { lookForPosts } from './lookForPosts.ts';
import { openDirect } from './openDirect.ts';
import type { Placed, Surface } from './Surface.ts';

/** An interaction's token lives 15 minutes; the last moments are not trusted. */
const TOKEN_MS = 14.5 * 60_000;

/** Where each answer is shown. */
export interface Surfaces {
  /** @param posts what Discord shows of it already, in the order of the parts */
  of(question: Question, posts: readonly Placed[]): Surface;
}

export function createSurfaces(deps: {
  readonly api: DiscordApi;
  readonly identity: Identity;
  readonly posts: Posts;
  readonly defers: Defers;
  readonly noted: (questionId: string, placed: Placed, part: number) => Promise<void>;
  readonly signal: AbortSignal;
}): Surfaces {
  const { api, identity, signal } = deps;

  function channel(
    question: Question,
    channelId: string,
    own: readonly Placed[],
    more: { readonly replyTo?: string | undefined; readonly heading?: string } = {},
  ): Surface {
    return createChannelSurface({
      ...{ api, channelId, signal, ...more, posts: own.map(({ messageId }) => messageId) },
      name: more.heading === undefined ? question.id : `${question.id} elsewhere`,
      noted: (placed, part) => deps.noted(question.id, placed, part),
      async strays() {
        const parts = readQuestionId(question.id);
        if (!parts || parts.kind === 'interaction') return [];
        const { posts } = await lookForPosts(api, identity.botUserId, parts);
        const isKnown = (messageId: string) => deps.posts.find('discord', channelId, messageId) !== undefined;
        return posts.flatMap(({ messageId }) => (isKnown(messageId) ? [] : [messageId]));
      },
    });
  }

  /** The interaction is out of reach: in the channel, or, what only the asker may see, to them. */
  async function elsewhere(question: Question, isPrivate: boolean): Promise<Surface> {
    const asked = question.text.replace(/\s+/g, ' ').slice(0, 200).toWellFormed();
    const heading = `-# <@${question.personId}>: ${asked.replace(/[*_`~|<>[\]()\\]/g, '\\$&')}`;
    const channelId = isPrivate ? await openDirect(api, question.personId) : question.channelId;
    return channel(question, channelId, [], { heading });
  }

  return {
    of(question, posts) {
      const { channelId, messageId, interaction } = destinationOf(question);
      if (!interaction) return channel(question, channelId, posts, { replyTo: messageId });
      const { id, token, begunMs, isPrivate } = interaction;
      const isExpired = () => token === '' || api.timing.now() > begunMs + TOKEN_MS;
      // Where messages are left of it, they are changed as any others, token or not.
      const moved = posts.find((post) => post.channelId !== channelId) ?? (isExpired() ? posts[0] : undefined);
      if (moved) return channel(question, moved.channelId, posts);
      return createInteractionSurface({
        ...{ api, appId: identity.appId, channelId, token, isPrivate, isExpired, signal },
        begun: isExpired() ? Promise.resolve(false) : deps.defers.begin({ id, token, isPrivate }),
        followUps: posts.slice(1).map((post) => post.messageId),
        elsewhere: () => elsewhere(question, isPrivate),
        noted: (placed, part) => deps.noted(question.id, placed, part),
      });
    },
  };
}
