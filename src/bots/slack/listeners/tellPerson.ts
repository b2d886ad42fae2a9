import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Room } from '../Room.ts';

/** Where somebody did something, and how they can be answered there without anybody else reading it. */
export interface Whereabouts {
  readonly personId: string;
  readonly channel?: string | undefined;
  readonly threadTs?: string | undefined;
  readonly responseUrl?: string | undefined;
}

/** Says something to one person, where they are; it is only a courtesy, so that nothing hangs on it. */
export async function tellPerson(
  room: Pick<Room, 'api' | 'sendToResponseUrl' | 'log'>,
  { personId, channel, threadTs, responseUrl }: Whereabouts,
  text: string,
  blocks?: readonly types.KnownBlock[],
): Promise<void> {
  const content = { text, ...(blocks ? { blocks } : {}), ...(threadTs ? { thread_ts: threadTs } : {}) };
  try {
    if (responseUrl) {
      await room.sendToResponseUrl(responseUrl, { ...content, response_type: 'ephemeral', replace_original: false });
    } else if (channel) {
      const args = { channel, user: personId, ...content };
      await room.api.call('chat.postEphemeral', args, { answer: z.object({}), priority: 'show', once: true });
    }
  } catch (error) {
    room.log.debug({ err: error }, 'a word to one person could not be said');
  }
}
