import { open, rename, rm } from 'node:fs/promises';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { conversationRoots } from '../../knowledge/segment/conversationRoots.ts';
import { createReplyLinker } from '../../knowledge/segment/createReplyLinker.ts';
import { measureSegments, type SegmentFigures } from '../../knowledge/segment/measure.ts';
import { readSegmentMessages, type SegmentMessage } from './segmentMessages.ts';

export interface SegmentBenchOptions {
  /** The folder with `messages.jsonl`. */
  readonly dataDir: string;
  /** Where to write a JSON line a message: {channel, ts, user, conversation}, in the order of the input. */
  readonly outFile?: string | undefined;
  /** Only this split is run, measured and written. */
  readonly split?: string | undefined;
  /** Told after each channel. */
  readonly report?: ((doneMessages: number, allMessages: number) => void) | undefined;
}

/** One way to group, measured on one split. */
export interface SegmentBenchRow extends SegmentFigures {
  /** A split's name, or "all" for everything. */
  readonly split: string;
  /** The linker's id, or a baseline's name. */
  readonly rule: string;
  readonly conversations: number;
}

export interface SegmentBenchResult {
  readonly linker: string;
  readonly channels: number;
  readonly messages: number;
  /** Messages that people put into a conversation; the others are context and are not measured. */
  readonly scored: number;
  readonly messagesPerSecond: number;
  readonly rows: readonly SegmentBenchRow[];
  readonly outFile?: string;
}

type Grouping = ReadonlyMap<SegmentMessage, string>;

const SILENCE_US = 10 * 60 * 1_000_000;

/**
 * Groups the messages of DIR/messages.jsonl with the real linker and compares with what people did, beside three baselines in
 * the same run. As in the evaluation of Kummerfeld et al. (ACL 2019), all messages of a split count together, with
 * conversations named by channel; figures are not averaged over channels.
 *
 * @throws BackscrollError `usage` for a missing folder, split or place to write to, `input` for a line that cannot be read
 */
export async function benchSegment(options: SegmentBenchOptions): Promise<SegmentBenchResult> {
  const { dataDir, outFile, split, report } = options;
  const channels = selectSplit(await readSegmentMessages(dataDir), split, dataDir);
  const all = channels.flat().sort((a, b) => a.line - b.line);
  const linker = createReplyLinker();
  const found = new Map<SegmentMessage, string>();
  let linkMs = 0;
  for (const channel of channels) {
    const startMs = performance.now();
    const roots = conversationRoots(
      channel.map(({ message }) => message),
      linker,
    );
    linkMs += performance.now() - startMs;
    for (const item of channel) found.set(item, `${item.channel}:${Number(roots.get(item.message.id))}`);
    report?.(found.size, all.length);
    // A long file must not keep signals and progress waiting.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (outFile !== undefined) await writeGrouping(outFile, all, found);
  const groupings: [string, Grouping][] = [[linker.id, found], ...baselines(channels)];
  return {
    linker: linker.id,
    channels: channels.length,
    messages: all.length,
    scored: all.filter(({ truth }) => truth !== undefined).length,
    messagesPerSecond: Math.round((1_000 * all.length) / Math.max(linkMs, 0.001)),
    rows: measureSplits(all, groupings),
    ...(outFile === undefined ? {} : { outFile }),
  };
}

function selectSplit(
  read: ReadonlyMap<string, readonly SegmentMessage[]>,
  split: string | undefined,
  dataDir: string,
): (readonly SegmentMessage[])[] {
  const channels = [...read.values()];
  if (split === undefined) return channels;
  const chosen = channels
    .map((channel) => channel.filter((item) => item.split === split))
    .filter(({ length }) => length > 0);
  if (chosen.length > 0) return chosen;
  const names = [...new Set(channels.flat().map((item) => item.split ?? '(none)'))].join(', ');
  throw new BackscrollError('usage', `--split ${split}: ${dataDir} has no such split; it has ${names}.`);
}

function baselines(channels: readonly (readonly SegmentMessage[])[]): [string, Grouping][] {
  const alone = new Map<SegmentMessage, string>();
  const together = new Map<SegmentMessage, string>();
  const silence = new Map<SegmentMessage, string>();
  for (const channel of channels) {
    let block = 0;
    let lastUs = Number.NEGATIVE_INFINITY;
    for (const item of channel) {
      if (item.message.atUs - lastUs > SILENCE_US) block = item.line;
      lastUs = item.message.atUs;
      alone.set(item, `${item.line}`);
      together.set(item, item.channel);
      silence.set(item, `${item.channel}:${block}`);
    }
  }
  return [
    ['each message alone', alone],
    ['a channel is one', together],
    ['10 min of silence', silence],
  ];
}

function measureSplits(all: readonly SegmentMessage[], groupings: readonly [string, Grouping][]): SegmentBenchRow[] {
  const scored = all.filter(({ truth }) => truth !== undefined);
  if (scored.length === 0) return [];
  const names = [...new Set(scored.flatMap(({ split }) => split ?? []))];
  const parts: [string, readonly SegmentMessage[]][] = names.map((name) => [
    name,
    scored.filter(({ split }) => split === name),
  ]);
  const [only] = parts;
  if (parts.length !== 1 || only?.[1].length !== scored.length) parts.push(['all', scored]);
  return parts.flatMap(([split, items]) => {
    const truth = items.map((item) => JSON.stringify([item.channel, item.truth]));
    return groupings.map(([rule, grouping]) => {
      const names = items.map((item) => grouping.get(item) as string);
      return { split, rule, conversations: new Set(names).size, ...measureSegments(names, truth) };
    });
  });
}

/** Written beside its place and then renamed, so that nobody ever sees half a file. */
async function writeGrouping(outFile: string, all: readonly SegmentMessage[], found: Grouping): Promise<void> {
  const temporary = `${outFile}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      for (let at = 0; at < all.length; at += 1_000) {
        const lines = all.slice(at, at + 1_000).map((item) => {
          const { channel, ts, user } = item;
          return `${JSON.stringify({ channel, ts, user, conversation: found.get(item) })}\n`;
        });
        await file.writeFile(lines.join(''));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, outFile);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new BackscrollError(
      'usage',
      `Cannot write ${outFile}: --out wants a file in a folder that exists and is ours.`,
      {
        cause,
      },
    );
  }
}
