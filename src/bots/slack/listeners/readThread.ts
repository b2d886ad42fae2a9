import { z } from 'zod';
import type { Turn } from '../../../knowledge/answer/Answer.ts';
import { slackWord } from '../../../platforms/slack/api/failure.ts';
import { readQuestionId } from '../questionId.ts';
import type { Room } from '../Room.ts';
import { messageText } from './messageText.ts';

const PAGE = 200;
const PAGES = 5;
const TURN_CHARACTERS = 1_500;
/** Of the minute's calls, so many are left to looking what was posted: that must not wait for what is nice to have. */
const LEFT_TO_OTHERS = 10;

const message = z.looseObject({
  ts: z.string(),
  user: z.string().optional().catch(undefined),
  bot_id: z.string().optional().catch(undefined),
});
const answer = z.object({
  messages: z.array(message),
  response_metadata: z.object({ next_cursor: z.string().catch('') }).catch({ next_cursor: '' }),
});

export interface ThreadSoFar {
  readonly history: readonly Turn[];
  /** What the thread began with. */
  readonly root?: string;
}

const NOTHING: ThreadSoFar = { history: [] };

/**
 * What people said in a thread before a message: its beginning and the last `settings.threadMessages`. What was asked
 * and answered there is left out, since it is known. Under load, or where Slack does not show it, nothing.
 */
export async function readThread(
  room: Room,
  { channel, threadTs, ts }: { readonly channel: string; readonly threadTs: string; readonly ts: string },
): Promise<ThreadSoFar> {
  if (room.settings.threadMessages === 0) return NOTHING;
  const asked = await room.answers.thread('slack', channel, threadTs);
  const known = new Set(asked.flatMap(({ question }) => readQuestionId(question.id)?.ts ?? []));
  const found = await fetchThread(room, channel, threadTs, ts);
  const said = found
    .filter((one) => one.ts < ts && one.user !== room.workspace.botUserId && one.bot_id === undefined)
    .map((one) => ({ ts: one.ts, user: one.user, text: messageText(room, channel, one) }))
    .filter(({ text }) => text !== '');
  const root = said.find((one) => one.ts === threadTs);
  const others = said.filter((one) => one !== root).slice(-room.settings.threadMessages);
  const names = room.names.people(
    room.workspace.space,
    said.flatMap(({ user }) => user ?? []),
  );
  const history = [...(root ? [root] : []), ...others]
    .filter((one) => !known.has(one.ts))
    .map(({ user, text }): Turn => {
      const name = names.get(user ?? '');
      return { role: 'person', text: `${name ? `${name}: ` : ''}${text.slice(0, TURN_CHARACTERS).toWellFormed()}` };
    });
  return { history, ...(root ? { root: root.text } : {}) };
}

async function fetchThread({ api, log }: Room, channel: string, threadTs: string, ts: string) {
  const messages: z.infer<typeof message>[] = [];
  try {
    let cursor = '';
    for (let page = 0; page < PAGES; page++) {
      if (!api.budget.tryTake({ method: 'conversations.replies', priority: 'answer' }, LEFT_TO_OTHERS)) {
        log.debug({ channel }, 'under load a question is answered without all of its thread');
        break;
      }
      const args = { channel, ts: threadTs, latest: ts, limit: PAGE, ...(cursor ? { cursor } : {}) };
      const found = await api.call('conversations.replies', args, {
        ...{ answer, priority: 'answer', brief: true, taken: true },
      });
      messages.push(...found.messages.filter((one) => !messages.some((other) => other.ts === one.ts)));
      cursor = found.response_metadata.next_cursor;
      if (cursor === '') break;
    }
  } catch (error) {
    log.debug({ channel, why: slackWord(error) }, 'a question is answered without all of its thread');
  }
  return messages;
}
