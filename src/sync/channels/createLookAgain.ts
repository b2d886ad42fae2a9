import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';
import type { Message } from '../../knowledge/Message.ts';
import type { SyncLooks, WantedLook } from '../../store/syncLooks.ts';
import type { SyncMarks } from '../../store/syncMarks.ts';
import type { SyncedChannel } from './ChannelHistory.ts';

const AT_ONCE = 20;
/** What cannot be looked at after so many tries is left to the next reading of the channel. */
const MOST_TRIES = 4;

/** Looks at messages again of which an event said too little. */
export interface LookAgain {
  /** Works the queue off in the background, one channel after the other. */
  wake(): void;
  /** Resolves when nothing is left that can be looked at now. */
  idle(): Promise<void>;
}

export function createLookAgain(deps: {
  readonly looks: SyncLooks;
  readonly marks: SyncMarks;
  readonly channel: (sourceId: number) => SyncedChannel | undefined;
  /** Stores what a message is now. */
  readonly take: (sourceId: number, messages: readonly Message[], happenedMs: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: Log;
}): LookAgain {
  const { looks, marks, signal, log } = deps;
  let running: Promise<void> | undefined;
  let again = false;

  async function lookAt({ history }: SyncedChannel, { sourceId, messageId, threadId, happenedMs, tries }: WantedLook) {
    const asked = marks.moment();
    try {
      const message = await history.look(messageId, threadId, signal);
      const isNewer = marks.heardSince(sourceId, [messageId], asked).size > 0;
      if (!isNewer && message) await deps.take(sourceId, [message], happenedMs);
      // Once more, if something was heard meanwhile: what we saw may be older.
      else if (isNewer && tries < MOST_TRIES) return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof BackscrollError && error.code === 'unavailable' && tries < MOST_TRIES) return;
      log.warn({ err: error }, 'a message could not be looked at again; the next reading of its channel will');
    }
    looks.done(sourceId, messageId);
  }

  async function work() {
    for (const sourceId of looks.sources()) {
      for (let next = looks.next(sourceId, AT_ONCE); next.length > 0; next = looks.next(sourceId, AT_ONCE)) {
        const channel = deps.channel(sourceId);
        for (const look of next) {
          if (signal.aborted) return;
          if (channel) await lookAt(channel, look);
          else looks.done(sourceId, look.messageId);
        }
      }
    }
  }

  function wake() {
    again = true;
    running ??= (async () => {
      while (again && !signal.aborted) {
        again = false;
        await work();
      }
    })()
      .catch((error) => log.error({ err: error }, 'messages could not be looked at again'))
      .finally(() => {
        running = undefined;
      });
  }

  return {
    wake,
    idle: async () => running,
  };
}
