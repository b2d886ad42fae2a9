import { saidSchema } from '../intake/eventSchemas.ts';
import type { Room } from '../Room.ts';
import type { Asking } from './createAsking.ts';

/** "@Backscroll how do we …": a question to the channel, whoever else is in it. */
export function createMentionEvents({ log, workspace }: Room, asking: Asking) {
  return async (event: unknown): Promise<void> => {
    const parsed = saidSchema.safeParse(event);
    if (!parsed.success) {
      log.debug('a mention could not be read');
      return;
    }
    const { channel, user, bot_id, ts, thread_ts, edited } = parsed.data;
    // Bots that mention each other would never stop.
    if (user === undefined || bot_id !== undefined || user === workspace.botUserId) return;
    if (channel.startsWith('D')) return; // In a DM it comes as a message too.
    const raw = { ...parsed.data, type: 'message' };
    // A mention that was put in afterwards comes as a change of the message too, with the same two times.
    const times = { ts, threadTs: thread_ts, editedTs: edited?.ts };
    await asking.message({ channel, personId: user, ...times, isDirect: false, raw });
  };
}
