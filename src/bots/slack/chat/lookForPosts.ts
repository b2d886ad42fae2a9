import { z } from 'zod';
import type { SlackApi } from '../../../platforms/slack/api/createSlackApi.ts';
import { isGone } from '../../../platforms/slack/api/failure.ts';
import type { Workspace } from '../../../platforms/slack/workspace.ts';
import { type QuestionParts, readQuestionId, unedited } from '../questionId.ts';
import { type PostMark, readMark } from './metadata.ts';

const PAGE = 200;
const PAGES = 5;

const message = z.object({
  ts: z.string(),
  user: z.string().optional().catch(undefined),
  bot_id: z.string().optional().catch(undefined),
  subtype: z.string().optional().catch(undefined),
  metadata: z.unknown().optional(),
});
const answer = z.object({
  messages: z.array(message),
  response_metadata: z.object({ next_cursor: z.string().catch('') }).catch({ next_cursor: '' }),
});

/** What Slack shows of a question's answer. */
export interface Found {
  /** Where the question is not there any more, nobody waits for its answer. */
  readonly isQuestionThere: boolean;
  readonly posts: readonly { readonly ts: string; readonly mark: PostMark }[];
  /** Posts of ours after the question that do not say whose they are: streams that were broken off. */
  readonly strays: readonly string[];
}

/**
 * Asks Slack what we posted for a question, whatever we remember: after a crash, and after a call that left open what
 * it did. Errors as SlackApi's.
 */
export async function lookForPosts(api: SlackApi, workspace: Workspace, questionId: string): Promise<Found> {
  const parts = readQuestionId(questionId);
  const messages = parts ? await readThread(api, parts) : [];
  if (!parts || !messages) return { isQuestionThere: parts === undefined, posts: [], strays: [] };
  const own = messages.filter(
    ({ user, bot_id, ts }) =>
      (user === workspace.botUserId || (bot_id !== undefined && bot_id === workspace.botId)) && ts > parts.ts,
  );
  const marked = own.map(({ ts, metadata }) => ({ ts, mark: readMark(metadata) }));
  return {
    isQuestionThere: messages.some(({ ts, subtype }) => ts === parts.ts && subtype !== 'tombstone'),
    posts: marked.flatMap(({ ts, mark }) =>
      mark && unedited(mark.questionId) === unedited(questionId) ? [{ ts, mark }] : [],
    ),
    strays: marked.flatMap(({ ts, mark }) => (mark ? [] : [ts])),
  };
}

async function readThread(api: SlackApi, { channelId, threadTs, ts }: QuestionParts) {
  const messages: z.infer<typeof message>[] = [];
  let cursor = '';
  try {
    for (let page = 0; page < PAGES; page++) {
      const args = {
        ...{ channel: channelId, ts: threadTs, oldest: ts, inclusive: true, limit: PAGE, include_all_metadata: true },
        ...(cursor ? { cursor } : {}),
      };
      const found = await api.call('conversations.replies', args, { answer, priority: 'answer' });
      messages.push(...found.messages);
      cursor = found.response_metadata.next_cursor;
      if (cursor === '') break;
    }
    return messages;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
