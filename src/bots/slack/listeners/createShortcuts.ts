import { z } from 'zod';
import { saveAsAnswer } from '../../saveAsAnswer.ts';
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
      const reply = {
        ...{ platform: 'slack', channelId: channel, threadId: threadTs, atMs: Number(message.ts) * 1000 },
        text: messageText(room, channel, message),
      };
      const { answers, feedback, settings } = room;
      const own = (answerId: string) => votes.ballot(interactionId('save', ...name), answerId, personId);
      const isCurator = settings.curators.includes(personId);
      const sentence = await saveAsAnswer({ answers, feedback, isCurator }, reply, own);
      await ack();
      await tellPerson(room, where, sentence);
    },
  };
}
