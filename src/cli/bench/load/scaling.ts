import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reader } from '../../../knowledge/Reader.ts';
import { counted, megabytes } from '../../print/table.ts';
import { type AskMeasure, askAlone, prepareAsking } from './asking.ts';
import { exportInWorker } from './exportInWorker.ts';
import { type Footprint, footprintOf } from './footprint.ts';
import { countsOf, importExport } from './importing.ts';
import { openBench } from './openBench.ts';
import { scaleApart } from './scaleApart.ts';
import { LOAD_READER } from './writeExport.ts';

/** What a home of some size takes, and how fast it answers. */
export interface ScaleMeasure extends Footprint, AskMeasure {
  readonly messages: number;
  readonly passages: number;
  readonly privateChannels: number;
}

export interface ScaleOptions {
  readonly dataDir: string;
  /** A folder that is thrown away. */
  readonly folder: string;
  readonly configFile: string | undefined;
  readonly questions: number;
  readonly signal: AbortSignal;
  readonly report: (sentence: string) => void;
}

const WARM_UP = 20;

/** The same messages in so many private channels, each time in a new home, asked by somebody who is in all of them. */
export async function measurePrivateChannels(
  options: ScaleOptions,
  messages: number,
  channels: readonly number[],
): Promise<ScaleMeasure[]> {
  const measures: ScaleMeasure[] = [];
  for (const count of channels) {
    options.report(`${messages} messages in ${count} private channels …`);
    const parts = [{ from: 0, messages, channels: count, isPrivate: true }];
    measures.push(...(await scaleApart(options, { name: `private-${count}`, parts })));
  }
  return measures;
}

/** One home that grows by open channels, measured each time that it holds about so many passages. */
export function measureGrowth(
  options: ScaleOptions,
  passages: readonly number[],
  messagesPerPassage: number,
): Promise<ScaleMeasure[]> {
  let from = 0;
  const parts = passages.map((wanted) => {
    const messages = Math.max(1, Math.round(wanted * messagesPerPassage) - from);
    const part = { from, messages, channels: Math.ceil(messages / 3_000), isPrivate: false };
    from += messages;
    return part;
  });
  return scaleApart(options, { name: 'growth', parts });
}

/** A home that is filled part by part, and measured after each. */
export interface HomeToMeasure {
  readonly name: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly from: number;
  readonly messages: number;
  readonly channels: number;
  readonly isPrivate: boolean;
}

/** Fills a home and measures it, in this process. */
export async function measureHome(options: ScaleOptions, { name, parts }: HomeToMeasure): Promise<ScaleMeasure[]> {
  const { dataDir, signal, report } = options;
  const home = join(options.folder, name);
  const bench = await openBench(home, options.configFile, signal);
  const measures: ScaleMeasure[] = [];
  try {
    for (const part of parts) {
      signal.throwIfAborted();
      const folder = join(options.folder, `${name}-export`);
      const { questions } = await exportInWorker({
        dataDir,
        orders: [{ folder, ...part }],
        questions: options.questions,
      });
      const { space } = await importExport(bench, folder, signal);
      await rm(folder, { recursive: true });
      const reader: Reader = part.isPrivate
        ? { kind: 'person', space, personId: LOAD_READER }
        : { kind: 'everybody', spaces: [space] };
      const asking = await prepareAsking(bench, questions, reader, signal);
      await askAlone(asking, (asked) => asked >= WARM_UP);
      const measure = await askAlone(asking, (asked) => asked >= options.questions);
      const { passages } = await countsOf(bench);
      const size = {
        messages: part.from + part.messages,
        passages,
        privateChannels: part.isPrivate ? part.channels : 0,
      };
      const scale = { ...size, ...measure, ...(await footprintOf(bench.pids, home)) };
      measures.push(scale);
      report(sentenceOf(scale));
    }
    return measures;
  } finally {
    await bench.close();
    await rm(home, { recursive: true, force: true });
  }
}

function sentenceOf({ passages, ask, raw, memoryBytes }: ScaleMeasure): string {
  const [p50, p95] = [ask.p50Ms, ask.p95Ms].map((ms) => (ms / raw.p50Ms).toFixed(1));
  return `${counted(passages)} passages: p50 ${p50} ×, p95 ${p95} × a bare query, ${megabytes(memoryBytes)}`;
}
