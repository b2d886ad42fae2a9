import type { ChannelMessages } from '../../store/channelMessages.ts';
import type { SyncMarks } from '../../store/syncMarks.ts';
import type { SyncThreads } from '../../store/syncThreads.ts';
import type { Item, SourceIo } from '../sources/Source.ts';
import { type ChannelCursor, readCursor, type Stretch, writeCursor } from './ChannelCursor.ts';
import type { HistoryPage, SyncedChannel } from './ChannelHistory.ts';
import { comparePage, unreadKey } from './comparePage.ts';
import { createEstimate } from './estimate.ts';
import { dueOfPass, planRun, type ReconcileSettings } from './planRun.ts';
import { readThreads } from './readThreads.ts';

export interface ChannelReading {
  readonly channel: SyncedChannel;
  readonly messages: ChannelMessages;
  readonly threads: SyncThreads;
  readonly marks: SyncMarks;
  readonly settings: ReconcileSettings & {
    /** A page that would take away more than this share of what is known in its stretch is held back once. */
    readonly shrinkShare: number;
  };
  /** Whether events may have been missed since it was read last. */
  readonly isDeaf: boolean;
  /** It was read so that whatever was missed is known. */
  readonly onCaughtUp: () => void;
  /** When something was imported into its space last, in milliseconds since 1970. */
  readonly importedMs?: number | undefined;
}

type Compared = ReturnType<typeof comparePage> & { readonly page: HistoryPage; readonly askedMs: number };

/**
 * Reads a channel: what is new, the window before it, what an earlier run left, and some of the older history, newest
 * first. Each page is held against what is stored, so that an edit or a deletion that nobody told us of is seen; then
 * the threads whose replies changed are read. What is to be read is on disk after each page: of threads in a queue, of
 * history in the cursor.
 */
export async function* readChannel(
  reading: ChannelReading,
  cursorText: string | undefined,
  io: SourceIo,
): AsyncGenerator<Item> {
  const key = unreadKey(reading.channel.key);
  let isUnread = false;
  for await (const item of readPages(reading, cursorText, io)) {
    // Said once a run, however many pages it is true of.
    if (item.kind === 'failure' && item.key === key) {
      if (isUnread) continue;
      isUnread = true;
    }
    yield item;
  }
  if (!isUnread && io.remembered(key) !== undefined) yield { kind: 'unchanged', key, memory: null };
}

async function* readPages(reading: ChannelReading, cursorText: string | undefined, io: SourceIo): AsyncGenerator<Item> {
  const { channel, threads, settings, messages, marks } = reading;
  const { history, sourceId } = channel;
  const { pace } = history;
  const { isDeaf, importedMs } = reading;
  const plan = planRun(readCursor(cursorText), { nowMs: io.now(), isDeaf, importedMs, settings, pace });
  const { heldMs, ...rest } = plan;
  // Held back in an earlier run, and still so: the platform means it.
  const mayShrink = heldMs !== undefined;
  let cursor: ChannelCursor = rest;
  let isHeld = false;
  const estimate = createEstimate(reading, io);

  async function readPage(stretch: Stretch): Promise<Compared> {
    const askedMs = io.now();
    const asked = marks.moment();
    const { after, before } = stretch;
    const page = await history.page(
      { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) },
      io.signal,
    );
    const compared = comparePage(reading, { stretch, page, asked, mayShrink });
    if (compared.held) isHeld = true;
    return { ...compared, page, askedMs };
  }

  /** What a page told of threads; after its messages are stored, before the cursor is. */
  function noteThreads(found: Compared['threads'], isDeep: boolean) {
    threads.seen(sourceId, found, isDeep);
  }

  const saved = (): Item => ({ kind: 'cursor', cursor: writeCursor(cursor) });

  yield* readThreads(reading, io, estimate);
  while (cursor.todo.length > 0) {
    const [stretch = {}, ...later] = cursor.todo;
    const { page, items, askedMs, ...compared } = await readPage(stretch);
    yield* items;
    noteThreads(compared.threads, stretch.deep === true);
    const todo = page.next === undefined ? later : [{ ...stretch, before: page.next }, ...later];
    const isHead = stretch.before === undefined;
    cursor = { ...cursor, todo, ...(isHead ? { readMs: askedMs } : {}) };
    yield saved();
    estimate.page(page, stretch);
    yield* readThreads(reading, io, estimate);
  }

  if (plan.todo[0]?.deep || cursorText === undefined) reading.onCaughtUp();

  const total = messages.count(sourceId);
  const { passDays } = settings;
  while (dueOfPass(cursor, total, io.now(), passDays) > 0) {
    const { before } = cursor.pass;
    const { page, items, ...compared } = await readPage(before === undefined ? {} : { before });
    yield* items;
    noteThreads(compared.threads, true);
    const { next } = page;
    const done = cursor.pass.done + page.messages.length;
    const { before: _, isUrgent, ...pass } = { ...cursor.pass, done, isOver: next === undefined };
    const urgent = isUrgent ? { isUrgent } : {};
    cursor = { ...cursor, pass: next === undefined ? pass : { ...pass, ...urgent, before: next } };
    yield saved();
    yield* readThreads(reading, io, estimate);
  }
  if (isHeld) cursor = { ...cursor, heldMs: io.now() };
  yield saved();
}
