import { z } from 'zod';
import type { Reservation } from '../../../platforms/slack/api/budget.ts';
import type { SlackApi } from '../../../platforms/slack/api/createSlackApi.ts';
import { isGone, isRevoked } from '../../../platforms/slack/api/failure.ts';
import { createPump } from '../../createPump.ts';
import type { Rendering } from '../render/renderAnswer.ts';
import { slackMarkdown } from '../render/slackMarkdown.ts';
import { WORDS } from '../render/words.ts';
import type { Sender, Settled } from './createSender.ts';
import type { Destination } from './Destination.ts';
import type { Display } from './Display.ts';
import { metadataOf } from './metadata.ts';

const PACE_MS = 600;
const LEFT_TO_OTHERS = 10;
/** A stream that grows beyond becomes several posts at its end. */
const STREAM_CHARACTERS = 11_000;
const done = z.object({});

type Piece = { readonly type: 'markdown_text'; readonly text: string } | { readonly type: 'task_update' };

/** The line of a stream that says what we are doing, from its beginning on. */
export function readingTask(status: 'in_progress' | 'complete') {
  return { type: 'task_update', id: 'reading', title: WORDS.readingTask, status } as const;
}

/** An answer as a stream of Slack's: https://docs.slack.dev/messaging/sending-and-scheduling-messages#text-streaming */
export function createStreamDisplay(deps: {
  readonly api: SlackApi;
  readonly sender: Sender;
  readonly to: Destination;
  /** Of the stream that was begun. */
  readonly ts: string;
  /** Whether it was begun with `readingTask`. */
  readonly hasTask: boolean;
  /** Room for its end, kept since its beginning. */
  readonly reserved: Reservation;
  readonly signal: AbortSignal;
}): Display {
  const { api, to, ts, signal } = deps;
  const pump = createPump({ show, shown: '', paceMs: PACE_MS, timing: api.timing, signal });
  let sent = '';
  /** What was streamed cannot be taken back: where the answer goes another way, it waits for the end. */
  let isStuck = false;
  const target = { channel: to.channel, ts };

  async function show(markdown: string): Promise<boolean> {
    const text = slackMarkdown(markdown);
    if (!text.startsWith(sent) || text.length > STREAM_CHARACTERS) isStuck = true;
    const missing = isStuck ? '' : text.slice(sent.length);
    if (missing === '') return true;
    if (!api.budget.tryTake({ method: 'chat.appendStream', priority: 'show' }, LEFT_TO_OTHERS)) return false;
    await append(missing);
    return true;
  }

  async function append(text: string) {
    const chunks: Piece[] = [{ type: 'markdown_text', text }];
    try {
      await api.call(
        'chat.appendStream',
        { ...target, chunks },
        { answer: done, priority: 'show', brief: true, taken: true },
      );
      sent += text;
    } catch {
      isStuck = true; // Stopped by the reader, or nobody knows whether it arrived: the end puts it right.
    }
  }

  /** The stream's own end: what is missing, and what stands below. @returns false when it has to be put right */
  async function stopWith(rendering: Rendering, { questionId, answerId }: Settled): Promise<boolean> {
    const [text = '', ...others] = rendering.parts;
    if (isStuck || others.length > 0 || !text.startsWith(sent)) return false;
    const missing = text.slice(sent.length);
    const chunks = [
      ...(deps.hasTask ? [readingTask('complete')] : []),
      ...(missing ? [{ type: 'markdown_text', text: missing }] : []),
    ];
    const metadata = metadataOf({ questionId, answerId, part: 0, parts: 1 });
    const args = { ...target, ...(chunks.length > 0 ? { chunks } : {}), blocks: rendering.tail, metadata };
    return stop(args, true);
  }

  async function stop(args: Readonly<Record<string, unknown>>, once: boolean): Promise<boolean> {
    try {
      const options = { answer: done, priority: 'answer' as const, reserved: deps.reserved, signal };
      await api.call('chat.stopStream', args, { ...options, once });
      return true;
    } catch (error) {
      if (isGone(error) || isRevoked(error) || signal.aborted) throw error;
      return false; // It is over already, or it is not known whether it is.
    }
  }

  return {
    show: pump.want,
    async settle(rendering, mark) {
      await pump.end();
      if (await stopWith(rendering, mark)) return [ts];
      await stop(target, false);
      return deps.sender.settle(to, [ts], rendering, mark);
    },
    async leave() {
      await pump.end();
      await stop(target, false);
      return [ts];
    },
    idle: pump.idle,
  };
}
