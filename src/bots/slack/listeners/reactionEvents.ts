import { z } from 'zod';
import { isGone } from '../../../platforms/slack/api/failure.ts';
import { castThumb } from '../../castThumb.ts';
import { readMark } from '../chat/metadata.ts';
import { reactionSchema } from '../intake/eventSchemas.ts';
import { readQuestionId } from '../questionId.ts';
import type { Room } from '../Room.ts';
import { tellMoreBlocks } from '../render/reasonModal.ts';
import { WORDS } from '../render/words.ts';
import type { Votes } from './createVotes.ts';
import { tellPerson } from './tellPerson.ts';

const THUMB = /^(?:(\+1|thumbsup)|-1|thumbsdown)(?:::skin-tone-[2-6])?$/;
const answer = z.object({ messages: z.array(z.object({ ts: z.string(), metadata: z.unknown().optional() })) });

/** 👍 and 👎 on an answer, in any colour, by anybody, however old it is. */
export function createReactionEvents(room: Room, votes: Votes) {
  const { posts, workspace, feedback, api } = room;

  /** The answer that a message shows: what we wrote down, else what the message says of itself. */
  async function answerShown(channel: string, ts: string) {
    const known = posts.find('slack', channel, ts);
    if (known?.answerId) return known;
    const args = { channel, ts, oldest: ts, latest: ts, inclusive: true, limit: 1, include_all_metadata: true };
    try {
      const { messages } = await api.call('conversations.replies', args, { answer, priority: 'answer' });
      const mark = readMark(messages.find((message) => message.ts === ts)?.metadata);
      if (!mark?.answerId) return undefined;
      const { questionId, part } = mark;
      const post = { platform: 'slack', channelId: channel, messageId: ts, questionId, answerId: mark.answerId, part };
      await posts.put(post);
      return post;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  return {
    isWanted(event: unknown): boolean {
      const parsed = reactionSchema.safeParse(event);
      if (!parsed.success || !THUMB.test(parsed.data.reaction)) return false;
      const { item, item_user, user } = parsed.data;
      if (user === workspace.botUserId) return false;
      return item_user === workspace.botUserId || posts.find('slack', item.channel, item.ts) !== undefined;
    },

    async handle(event: unknown, eventId: string): Promise<void> {
      const { type, user, reaction, item } = reactionSchema.parse(event);
      const post = await answerShown(item.channel, item.ts);
      if (!post?.answerId) return;
      const { answerId } = post;
      const value = THUMB.exec(reaction)?.[1] ? 'up' : 'down';
      const ballot = votes.ballot(`slack:${eventId}`, answerId, user);
      const threadTs = readQuestionId(post.questionId)?.threadTs;
      const where = { personId: user, channel: item.channel, threadTs };
      const cast = await castThumb(feedback, ballot, { vote: value, isAdded: type === 'reaction_added' });
      if (cast === undefined) return;
      if (cast === 'withdrawn') return tellPerson(room, where, WORDS.withdrawn);
      if (cast === 'up') return tellPerson(room, where, WORDS.votedUp);
      const about = { answerId, channel: item.channel, ...(threadTs ? { threadTs } : {}) };
      await tellPerson(room, where, WORDS.votedDownAsk, tellMoreBlocks(WORDS.votedDownAsk, about));
    },
  };
}
