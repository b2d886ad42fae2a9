import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectionsFor } from '../../knowledge/chroma/placement.ts';
import type { Reader } from '../../knowledge/Reader.ts';
import { type AskMeasure, askAlone, askTogether, prepareAsking } from './load/asking.ts';
import { exportInWorker } from './load/exportInWorker.ts';
import { type Floor, measureFloor } from './load/floor.ts';
import { type Footprint, footprintOf } from './load/footprint.ts';
import { type ImportMeasure, importExport, measureImport } from './load/importing.ts';
import { type Bench, openBench } from './load/openBench.ts';
import { measureGrowth, measurePrivateChannels, type ScaleMeasure } from './load/scaling.ts';
import { measureStart, type StartMeasure } from './load/starting.ts';

export interface LoadBenchOptions {
  /** The folder with `messages.jsonl`, as for `bench segment`. */
  readonly dataDir: string;
  readonly messages: number;
  /** How many questions are asked alone, and in all by sixteen askers. */
  readonly questions?: number;
  /** Also measures homes of up to 300,000 passages, which takes long. */
  readonly growth?: boolean;
  /** The numbers of private channels to compare; none leaves that part out. */
  readonly privateChannels?: readonly number[];
  readonly configFile?: string;
  readonly signal?: AbortSignal;
  readonly report?: (sentence: string) => void;
}

/** Answers in one situation, and their times as multiples of one bare query that was asked alone in the same run. */
export interface AskRow extends AskMeasure {
  readonly when: 'alone' | '16 askers' | 'while importing';
  readonly p50Ratio: number;
  readonly p95Ratio: number;
  /** The same as multiples of the bare query's p50 and p95 in the same situation. */
  readonly alike: { readonly p50: number; readonly p95: number };
}

export interface LoadBenchResult {
  readonly data: string;
  readonly import: ImportMeasure;
  readonly floor: Floor;
  /** Import to floor, by the clock and by processor time of all processes (which other work on the machine spoils less). */
  readonly ratio: { readonly time: number; readonly cpu: number };
  readonly asks: readonly AskRow[];
  readonly afterwards: Footprint;
  readonly start: StartMeasure;
  readonly privateChannels: readonly ScaleMeasure[];
  readonly growth: readonly ScaleMeasure[];
}

const ASKERS = 16;
const WARM_UP = 20;
/** What is imported while somebody asks: enough to last through some dozens of questions. */
const MEANWHILE_SHARE = 0.2;
const PRIVATE_SHARE = 0.2;
const MESSAGES_A_CHANNEL = 3_000;
const GROWTH_PASSAGES = [10_000, 30_000, 100_000, 300_000] as const;

/**
 * Imports real messages through the real pipeline, asks, starts, and compares each with a floor of the same run: what
 * Chroma and SQLite need by themselves. Everything lies in a temporary folder that is removed at the end.
 * @throws BackscrollError `usage` or `input` about the data, `cancelled` when the signal aborts
 */
export async function benchLoad(options: LoadBenchOptions): Promise<LoadBenchResult> {
  const { dataDir, messages, configFile, signal = new AbortController().signal, report = () => {} } = options;
  const { questions = 200, privateChannels = [1, 100, 1_000] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'backscroll-load-'));
  try {
    const home = join(folder, 'home');
    report(`writing an export of ${messages} messages …`);
    const meanwhile = Math.ceil(messages * MEANWHILE_SHARE);
    const paths = { first: join(folder, 'first'), second: join(folder, 'second') };
    const plan = (from: number, count: number) => ({
      ...{ from, messages: count, channels: Math.ceil(count / MESSAGES_A_CHANNEL), isPrivate: false },
    });
    const exported = await exportInWorker({
      dataDir,
      orders: [
        { folder: paths.first, ...plan(0, messages) },
        { folder: paths.second, ...plan(messages, meanwhile) },
      ],
      questions,
    });
    const bench = await openBench(home, configFile, signal);
    const main = await measureMain(bench, { paths, questions: exported.questions, signal, report }).finally(() =>
      bench.close(),
    );
    signal.throwIfAborted();
    report('starting …');
    const start = await measureStart(home, configFile);
    await rm(home, { recursive: true, force: true });

    const scale = { dataDir, folder, configFile, questions, signal, report };
    const privateMessages = Math.ceil(messages * PRIVATE_SHARE);
    const measuredChannels = await measurePrivateChannels(scale, privateMessages, privateChannels);
    const messagesPerPassage = main.import.messages / Math.max(1, main.import.passages);
    const growth = options.growth ? await measureGrowth(scale, GROWTH_PASSAGES, messagesPerPassage) : [];
    return { data: dataDir, ...main, start, privateChannels: measuredChannels, growth };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureMain(
  bench: Bench,
  given: {
    readonly paths: { readonly first: string; readonly second: string };
    readonly questions: readonly string[];
    readonly signal: AbortSignal;
    readonly report: (sentence: string) => void;
  },
): Promise<Pick<LoadBenchResult, 'import' | 'floor' | 'ratio' | 'asks' | 'afterwards'>> {
  const { paths, questions, signal, report } = given;
  report('importing …');
  const { space, ...imported } = await measureImport(bench, paths.first, signal, everyThousand(report));
  report(`${imported.passages} passages; now the same rows without us …`);
  const floor = await measureFloor(bench, await collectionsOf(bench, space));
  const ratio = { time: imported.seconds / floor.seconds, cpu: imported.cpuSeconds / floor.cpuSeconds };

  report(`asking ${questions.length} questions …`);
  const reader: Reader = { kind: 'everybody', spaces: [space] };
  const asking = await prepareAsking(bench, questions, reader, signal);
  await askAlone(asking, (asked) => asked >= WARM_UP);
  const alone = await askAlone(asking, (asked) => asked >= questions.length);
  report(`${ASKERS} askers at once …`);
  const together = await askTogether(asking, ASKERS, Math.ceil(questions.length / ASKERS));
  const afterwards = await footprintOf(bench.pids, bench.home);

  report('asking while an import runs …');
  let importing = true;
  const more = importExport(bench, paths.second, signal).finally(() => {
    importing = false;
  });
  const [whileImporting] = await Promise.all([askAlone(asking, () => !importing), more]);
  const row = (when: AskRow['when'], measure: AskMeasure): AskRow => ({
    ...{ when, ...measure },
    p50Ratio: measure.ask.p50Ms / alone.raw.p50Ms,
    p95Ratio: measure.ask.p95Ms / alone.raw.p50Ms,
    alike: { p50: measure.ask.p50Ms / measure.raw.p50Ms, p95: measure.ask.p95Ms / measure.raw.p95Ms },
  });
  const asks = [row('alone', alone), row('16 askers', together), row('while importing', whileImporting)];
  return { import: imported, floor, ratio, asks, afterwards };
}

/** Where the vectors of a space's open channels lie. */
async function collectionsOf({ app }: Bench, space: string): Promise<string[]> {
  const generation = (await app.store.generations.list()).find(({ state }) => state === 'serving');
  const audiences = app.store.audiences({ kind: 'everybody', spaces: [space] });
  return collectionsFor({ generation: generation?.name ?? '', audiences }).map(({ collection }) => collection);
}

function everyThousand(report: (sentence: string) => void): (left: number) => void {
  let told = 0;
  return (left) => {
    if (Math.abs(left - told) < 1_000) return;
    told = left;
    report(`${left} passages wait for their vectors`);
  };
}
