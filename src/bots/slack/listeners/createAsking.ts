import { z } from 'zod';
import { parseSlackTs } from '../../../platforms/slack/slackTime.ts';
import type { Question } from '../../Chat.ts';
import { privateQuestionId, privateThread, questionId } from '../questionId.ts';
import type { Room } from '../Room.ts';
import { messageText } from './messageText.ts';
import { readThread } from './readThread.ts';

const TITLE_CHARACTERS = 80;
const NOTHING = z.object({});

/** A message that is a question. */
export interface AskedMessage {
  readonly channel: string;
  readonly personId: string;
  readonly ts: string;
  readonly threadTs?: string | undefined;
  readonly editedTs?: string | undefined;
  /** In a DM only the asker reads the answer. */
  readonly isDirect: boolean;
  readonly raw: unknown;
}

/** A question of which nobody but the asker hears. */
export interface PrivateQuestion {
  readonly channel: string;
  readonly personId: string;
  /** Slack's own name for what the asker did: a redelivery has the same. */
  readonly name: string;
  readonly text: string;
  readonly responseUrl?: string | undefined;
  readonly thread?: { readonly threadTs: string; readonly ts: string } | undefined;
}

/** Turns what people say to the bot into questions, and hands them on. */
export interface Asking {
  message(asked: AskedMessage): Promise<void>;
  /** Resolves when it is stored: it may be acknowledged. @returns false when it is known already */
  inPrivate(asked: PrivateQuestion): Promise<boolean>;
}

export function createAsking(room: Room): Asking {
  const { workspace, api, chat } = room;

  /** Names the assistant's thread in the pane's history after its first question; any other thread has no name. */
  async function nameThread(channel: string, threadTs: string, text: string) {
    const title = text.replace(/\s+/g, ' ').slice(0, TITLE_CHARACTERS).toWellFormed();
    const args = { channel_id: channel, thread_ts: threadTs, title };
    await api
      .call('assistant.threads.setTitle', args, { answer: NOTHING, priority: 'show', brief: true })
      .catch(() => {});
  }

  async function accept(question: Question): Promise<boolean> {
    const wasKnown = chat.expect(question.id);
    const isFresh = await room.accept(question);
    if (!isFresh) wasKnown();
    return isFresh;
  }

  return {
    async message({ channel, personId, ts, threadTs = ts, editedTs, isDirect, raw }) {
      const { teamId, space } = workspace;
      const isReply = threadTs !== ts;
      const { history, root } = isReply ? await readThread(room, { channel, threadTs, ts }) : { history: [] };
      // A mention and nothing else, below something, asks about that.
      const text = messageText(room, channel, raw) || root || '';
      const id = questionId({ teamId, channelId: channel, threadTs, ts, ...(editedTs ? { editedTs } : {}) });
      const isFirst = (await room.answers.thread('slack', channel, threadTs)).length === 0;
      await accept({
        ...{ id, platform: 'slack', personId, channelId: channel, threadId: threadTs, text, history },
        atMs: Math.floor((parseSlackTs(editedTs ?? ts)?.atUs ?? 0) / 1000),
        reader: isDirect ? { kind: 'person', space, personId } : { kind: 'place', space, channelId: channel },
      });
      if (isDirect && isReply && isFirst && text !== '') void nameThread(channel, threadTs, text);
    },

    async inPrivate({ channel, personId, name, text, responseUrl, thread }) {
      const id = privateQuestionId(workspace.teamId, name);
      const { history } = thread ? await readThread(room, { channel, ...thread }) : { history: [] };
      return accept({
        ...{ id, platform: 'slack', personId, channelId: channel, text, history },
        threadId: privateThread(id, thread?.threadTs),
        atMs: api.timing.now(),
        reader: { kind: 'person', space: workspace.space, personId },
        ...(responseUrl ? { replyTo: responseUrl } : {}),
      });
    },
  };
}
