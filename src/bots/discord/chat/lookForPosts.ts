import { z } from 'zod';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import { isGone } from '../../../platforms/discord/api/failure.ts';
import { bySnowflake } from '../../../platforms/discord/snowflake.ts';
import type { QuestionParts } from '../questionId.ts';
import { answerShownIn } from '../render/renderAnswer.ts';

const PAGE = 100;
const PAGES = 3;

const id = z.string();
export const ownMessage = z.object({
  id,
  author: z.object({ id }).optional().catch(undefined),
  content: z.string().catch(''),
  components: z.array(z.unknown()).catch([]),
  message_reference: z.object({ message_id: id.optional() }).nullish().catch(undefined),
  interaction_metadata: z.object({ id }).nullish().catch(undefined),
  interaction: z.object({ id }).nullish().catch(undefined),
});
type OwnMessage = z.output<typeof ownMessage>;

export interface Found {
  /** Where the question is not there any more, nobody waits for its answer. */
  readonly isQuestionThere: boolean;
  /** In the order of their parts. */
  readonly posts: readonly { readonly messageId: string; readonly answerId?: string }[];
}

/**
 * Asks Discord what we posted for a question, whatever we remember: after a crash, and after a request that left open
 * what it did. Errors as DiscordApi's.
 */
export async function lookForPosts(api: DiscordApi, botUserId: string, question: QuestionParts): Promise<Found> {
  const { channelId } = question;
  const beginning = question.kind === 'message' ? question.messageId : question.interactionId;
  const isOwn = (message: OwnMessage) => {
    if (message.author?.id !== botUserId) return false;
    if (question.kind === 'message') return message.message_reference?.message_id === question.messageId;
    return (message.interaction_metadata ?? message.interaction)?.id === question.interactionId;
  };
  try {
    const isQuestionThere = question.kind === 'interaction' || (await isThere(api, channelId, beginning));
    const own = (await readAfter(api, channelId, beginning)).filter(isOwn).sort((a, b) => bySnowflake(a.id, b.id));
    const posts = own.map((message) => {
      const answerId = answerShownIn(message);
      return { messageId: message.id, ...(answerId ? { answerId } : {}) };
    });
    return { isQuestionThere, posts };
  } catch (error) {
    if (isGone(error)) return { isQuestionThere: question.kind === 'interaction', posts: [] };
    throw error;
  }
}

async function isThere(api: DiscordApi, channelId: string, messageId: string): Promise<boolean> {
  try {
    await api.call('GET', `/channels/${channelId}/messages/${messageId}`, { answer: z.unknown(), priority: 'answer' });
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

async function readAfter(api: DiscordApi, channelId: string, after: string): Promise<OwnMessage[]> {
  const all: OwnMessage[] = [];
  let from = after;
  for (let page = 0; page < PAGES; page++) {
    const query = { after: from, limit: String(PAGE) };
    const answer = z.array(ownMessage);
    const found = await api.call('GET', `/channels/${channelId}/messages`, { answer, priority: 'answer', query });
    all.push(...found);
    if (found.length < PAGE) break;
    from =
      found
        .map((message) => message.id)
        .sort(bySnowflake)
        .at(-1) ?? from;
  }
  return all;
}
