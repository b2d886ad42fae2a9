import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { interactionId } from '../intake/createIntake.ts';
import type { Room } from '../Room.ts';
import { WORDS } from '../render/words.ts';
import type { Asking } from './createAsking.ts';
import type { Votes } from './createVotes.ts';
import { messageText } from './messageText.ts';
import { tellPerson } from './tellPerson.ts';

const ts = z.string().regex(/^\d{1,10}\.\d{6}$/);
const shortcutSchema = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  action_ts: z.string().catch(''),
  response_url: z.string().optional().catch(undefined),
  message: z.looseObject({ ts, thread_ts: ts.optional().catch(undefined) }),
});

/** What people may do with a message: ask about it, and save it as the answer it gave. */
export function createShortcuts(room: Room, asking: Asking, votes: Votes) {
  function read(body: unknown) {
    const { user, channel, message, action_ts, response_url } = shortcutSchema.parse(body);
    const threadTs = message.thread_ts ?? message.ts;
    const where = { personId: user.id, channel: channel.id, threadTs, responseUrl: response_url };
    const name = [action_ts, user.id, channel.id, message.ts];
    return { where, message, threadTs, channel: channel.id, personId: user.id, name };
  }

  /** The last answer in a thread before a message: what the message puts right. */
  async function answerBefore(channel: string, threadTs: string, messageTs: string): Promise<string | undefined> {
    const thread = await room.answers.thread('slack', channel, threadTs);
    const beforeMs = Number(messageTs) * 1000;
    const answered = thread.filter(({ answer }) => answer !== undefined);
    return (answered.findLast(({ question }) => question.askedMs <= beforeMs) ?? answered.at(-1))?.answer?.id;
  }

  return {
    /** "Ask Backscroll about this": the message is the question, and only who asks reads the answer. */
    async ask(body: unknown, ack: () => Promise<void>): Promise<void> {
      const { where, message, channel, personId, name, threadTs } = read(body);
      const text = messageText(room, channel, message);
      if (text === '') {
        await ack();
        return tellPerson(room, where, WORDS.nothingToAsk);
      }
      const thread = { threadTs, ts: message.ts };
      const fresh = await asking.inPrivate({
        ...{ channel, personId, text, responseUrl: where.responseUrl, thread },
        name: interactionId('shortcut', ...name),
      });
      await ack();
      if (fresh) await tellPerson(room, where, WORDS.reading);
    },

    /** "Save as answer": a good reply of a person becomes what the bot should have said. */
    async save(body: unknown, ack: () => Promise<void>): Promise<void> {
      const { where, message, channel, personId, name, threadTs } = read(body);
      const said = async (text: string) => {
        await ack();
        await tellPerson(room, where, text);
      };
      if (!room.settings.curators.includes(personId)) return said(WORDS.notACurator);
      const text = messageText(room, channel, message);
      if (text === '') return said(WORDS.nothingToSave);
      const answerId = await answerBefore(channel, threadTs, message.ts);
      if (answerId === undefined) return said(WORDS.noAnswerHere);
      try {
        await room.feedback.correct(votes.ballot(interactionId('save', ...name), answerId, personId), text);
      } catch (error) {
        if (!(error instanceof BackscrollError) || error.code !== 'input') throw error;
        return said(error.message);
      }
      await said(WORDS.savedAsAnswer);
    },
  };
}
