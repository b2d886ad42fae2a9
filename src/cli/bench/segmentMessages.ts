import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Message } from '../../knowledge/Message.ts';
import { readMoment } from './readMoment.ts';

const LINE = z.object({
  channel: z.string().min(1),
  split: z.string().min(1).nullish(),
  ts: z.union([z.string(), z.number()]),
  user: z.string(),
  text: z.string(),
  conversation_id: z.union([z.string(), z.number()]).nullish(),
});

/** A line of `messages.jsonl`, with the message that the real linker gets to see. */
export interface SegmentMessage {
  /** Its line in the file, from 1; also what names its conversation if it begins one. */
  readonly line: number;
  readonly channel: string;
  readonly split: string | undefined;
  readonly ts: string | number;
  readonly user: string;
  /** The conversation that people put it into; undefined for a message that is only context. */
  readonly truth: string | undefined;
  readonly message: Message;
}

const HALF_DAY_US = 12 * 60 * 60 * 1_000_000;

/**
 * Reads DIR/messages.jsonl, a JSON object a line: {channel, split?, ts, user, text, conversation_id?}.
 *
 * @returns the messages by channel, each channel in its own order
 * @throws BackscrollError `usage` if there is no such file, `input` with the number of the line that is not such an object
 */
export async function readSegmentMessages(dataDir: string): Promise<Map<string, SegmentMessage[]>> {
  const file = join(dataDir, 'messages.jsonl');
  const channels = new Map<string, Unplaced[]>();
  let line = 0;
  try {
    const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
    for await (const text of lines) {
      line += 1;
      if (text.trim() === '') continue;
      const read = readLine(text, line, file);
      const channel = channels.get(read.channel);
      if (channel) channel.push(read);
      else channels.set(read.channel, [read]);
    }
  } catch (error) {
    if (error instanceof BackscrollError) throw error;
    throw new BackscrollError(
      'usage',
      `Cannot read ${file}: --data wants a folder with a messages.jsonl of {channel, ts, user, text, conversation_id}.`,
      { cause: error },
    );
  }
  if (channels.size === 0) throw new BackscrollError('input', `${file} has no messages: there is nothing to measure.`);
  return new Map(Array.from(channels, ([name, unplaced]) => [name, place(unplaced)]));
}

interface Unplaced extends Omit<SegmentMessage, 'message'> {
  readonly text: string;
  readonly atUs: number;
  readonly order: number | undefined;
}

function readLine(text: string, line: number, file: string): Unplaced {
  let json: unknown;
  try {
    json = JSON.parse(line === 1 ? text.replace(/^\uFEFF/, '') : text);
  } catch (cause) {
    throw new BackscrollError('input', `Line ${line} of ${file} is not JSON. Mend or remove that line.`, { cause });
  }
  const parsed = LINE.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.path.join('.') || 'the line';
    throw new BackscrollError('input', `Line ${line} of ${file}: ${key}: ${issue?.message}.`);
  }
  const { channel, split, ts, user, text: said, conversation_id: truth } = parsed.data;
  const moment = readMoment(ts);
  if (!moment) {
    const forms = '"2004-12-25T03:21 #1000", a Slack ts, an ISO date and time, or a number since 1970';
    throw new BackscrollError('input', `Line ${line} of ${file}: ts: not a time that we know (${forms}).`);
  }
  return {
    line,
    channel,
    split: split ?? undefined,
    ts,
    user,
    truth: truth === undefined || truth === null ? undefined : String(truth),
    text: said,
    ...moment,
  };
}

/**
 * Puts a channel in order: by "#n" where its lines carry one, else by time, else as they came. Logs with "#n" may run on a
 * twelve-hour clock or past midnight under the old date; a clock that goes back there is moved on by half days.
 */
function place(unplaced: readonly Unplaced[]): SegmentMessage[] {
  const numbered = unplaced.every(({ order }) => order !== undefined);
  const ordered = unplaced.toSorted((a, b) =>
    numbered ? (a.order as number) - (b.order as number) || a.line - b.line : a.atUs - b.atUs || a.line - b.line,
  );
  let offsetUs = 0;
  let lastUs = Number.NEGATIVE_INFINITY;
  return ordered.map(({ text, atUs, order: _, ...rest }) => {
    if (atUs + offsetUs < lastUs) offsetUs += Math.ceil((lastUs - atUs - offsetUs) / HALF_DAY_US) * HALF_DAY_US;
    lastUs = atUs + offsetUs;
    return { ...rest, message: messageOf(rest.line, rest.user, text, lastUs) };
  });
}

function messageOf(line: number, personId: string, text: string, atUs: number): Message {
  const id = String(line).padStart(10, '0');
  return { id, atUs, personId, text, files: [], confirmations: 0, contradictions: 0 };
}
