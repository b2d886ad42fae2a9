import { isGone } from '../../../platforms/discord/api/failure.ts';
import { castThumb } from '../../castThumb.ts';
import { ownMessage } from '../chat/lookForPosts.ts';
import { reactionSchema } from '../intake/schemas.ts';
import type { Room } from '../Room.ts';
import { answerShownIn } from '../render/renderAnswer.ts';
import { ballot } from './createVotes.ts';

const KEPT = 2_000;

/** 👍 and 👎 on an answer, in any colour, by anybody, however old it is. */
export function createReactionEvents(room: Room) {
  const { identity, store, api, feedback } = room;
  /** Messages of others, so that a popular one is looked at once. */
  const others = new Set<string>();

  function thumbOf(raw: unknown) {
    const parsed = reactionSchema.safeParse(raw).data;
    if (!parsed || parsed.emoji.id || parsed.user_id === identity.botUserId) return undefined;
    const plain = (parsed.emoji.name ?? '').replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, '');
    if (plain !== '👍' && plain !== '👎') return undefined;
    return { ...parsed, vote: plain === '👍' ? ('up' as const) : ('down' as const) };
  }

  /** The answer that a message shows: what we wrote down, else what the message says of itself. */
  async function answerShown(channelId: string, messageId: string): Promise<string | undefined> {
    const known = store.posts.find('discord', channelId, messageId);
    if (known?.answerId) return known.answerId;
    if (others.has(messageId)) return undefined;
    try {
      const path = `/channels/${channelId}/messages/${messageId}`;
      const message = await api.call('GET', path, { answer: ownMessage, priority: 'answer' });
      const answerId = message.author?.id === identity.botUserId ? answerShownIn(message) : undefined;
      if (message.author?.id !== identity.botUserId) others.add(messageId);
      if (others.size > KEPT) others.delete(others.keys().next().value as string);
      return answerId;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  return {
    isThumb(raw: unknown): boolean {
      const thumb = thumbOf(raw);
      if (!thumb || others.has(thumb.message_id)) return false;
      return !thumb.message_author_id || thumb.message_author_id === identity.botUserId;
    },
    async handle(raw: unknown, eventId: string, isAdded: boolean): Promise<void> {
      const thumb = thumbOf(raw);
      if (!thumb) return;
      const answerId = await answerShown(thumb.channel_id, thumb.message_id);
      if (!answerId) return;
      await castThumb(feedback, ballot(eventId, answerId, thumb.user_id), { vote: thumb.vote, isAdded });
    },
  };
}
