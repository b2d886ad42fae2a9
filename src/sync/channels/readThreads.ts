import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Item, SourceIo } from '../sources/Source.ts';
import { compareReplies } from './comparePage.ts';
import type { Estimate } from './estimate.ts';
import type { ChannelReading } from './readChannel.ts';

const AT_ONCE = 50;

/** Reads the replies of the threads that are wanted, the newest first; where one was cut off, from there. */
export async function* readThreads(reading: ChannelReading, io: SourceIo, estimate: Estimate): AsyncGenerator<Item> {
  const { channel, threads, marks } = reading;
  const { sourceId } = channel;
  for (let wanted = threads.wanted(sourceId, AT_ONCE); wanted.length > 0; wanted = threads.wanted(sourceId, AT_ONCE)) {
    for (const thread of wanted) {
      let after = thread.readTo;
      for (;;) {
        const asked = marks.moment();
        const page = await channel.history.replies(thread.id, after, io.signal).catch(asFailure);
        if (page instanceof BackscrollError) {
          threads.read(sourceId, thread.id);
          yield { kind: 'failure', key: `thread ${thread.id}`, sentence: `${channel.name}: ${page.message}` };
          break;
        }
        yield* compareReplies(reading, { threadId: thread.id, after, page, asked });
        threads.read(sourceId, thread.id, page.next);
        estimate.thread(page.messages.length);
        if (page.next === undefined) break;
        after = page.next;
      }
    }
  }
}

/** An answer that makes no sense concerns its thread alone; whatever else goes wrong would go wrong with the next too. */
function asFailure(error: unknown): BackscrollError {
  if (error instanceof BackscrollError && (error.code === 'internal' || error.code === 'input')) return error;
  throw error;
}
