import type { SourceIo } from '../sources/Source.ts';
import type { Stretch } from './ChannelCursor.ts';
import type { HistoryPage } from './ChannelHistory.ts';
import type { ChannelReading } from './readChannel.ts';

/** How far a reading is, and how long it will take at the pace that the platform allows. */
export interface Estimate {
  page(page: HistoryPage, stretch: Stretch): void;
  thread(messages: number): void;
}

/**
 * A platform does not say how long a channel is. So what is left is estimated from what was read: the time that the
 * pages covered against the time down to where they go, and so many threads a page as there were.
 */
export function createEstimate({ channel, threads }: ChannelReading, io: SourceIo): Estimate {
  const { pace } = channel.history;
  const beganUs = io.now() * 1000;
  let messages = 0;
  let pages = 0;
  let found = 0;
  let pagesLeft = 0;

  function report() {
    const wanted = threads.left(channel.sourceId);
    const threadsLeft = wanted + (pages === 0 ? 0 : (found / pages) * pagesLeft);
    const perPage = pages === 0 ? 0 : messages / pages;
    const { page, replies } = pace.callMs();
    io.report({
      done: messages,
      total: Math.round(messages + pagesLeft * perPage + wanted),
      unit: 'messages',
      // Pages and replies have a budget each, and are read side by side by several channels.
      toGoMs: Math.round(Math.max(pagesLeft * page, threadsLeft * replies)),
    });
  }

  return {
    page(page, stretch) {
      pages++;
      messages += page.messages.length;
      found += page.threads.length;
      if (page.next === undefined) pagesLeft = 0;
      else {
        const reachedUs = pace.atUs(page.next);
        const bottomUs = stretch.after === undefined ? (channel.createdMs ?? 0) * 1000 : pace.atUs(stretch.after);
        const covered = Math.max(1, beganUs - reachedUs);
        pagesLeft = channel.createdMs === undefined ? 1 : (pages * Math.max(0, reachedUs - bottomUs)) / covered;
      }
      report();
    },
    thread(count) {
      messages += count;
      report();
    },
  };
}
