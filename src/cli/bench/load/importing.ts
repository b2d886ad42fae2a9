import { cpuSeconds, watchMemory } from './footprint.ts';
import type { Bench } from './openBench.ts';

export interface ImportMeasure {
  readonly messages: number;
  readonly documents: number;
  readonly passages: number;
  readonly seconds: number;
  readonly messagesPerSecond: number;
  readonly cpuSeconds: number;
  /** The most memory that all processes together took meanwhile. */
  readonly peakMemoryBytes: number;
  /** Chroma's part of it. */
  readonly chromaMemoryBytes: number;
}

/** The name that all exports of a measurement are imported under; they carry one team id. */
const SPACE_NAME = 'load';

/** Has an export imported; resolves when all of it can be found by its words and its vectors. */
export async function importExport(
  { app }: Bench,
  path: string,
  signal: AbortSignal,
  progress: (passagesLeft: number) => void = () => {},
): Promise<{ messages: number; space: string }> {
  const report = await app.imports.run(
    { path, space: SPACE_NAME },
    { signal, progress: (event) => event.kind === 'settle' && progress(event.vectors) },
  );
  const space = (await app.store.spaces.find(SPACE_NAME))?.id as string;
  return { messages: report.messages.added, space };
}

export async function measureImport(
  bench: Bench,
  path: string,
  signal: AbortSignal,
  progress: (passagesLeft: number) => void,
): Promise<ImportMeasure & { readonly space: string }> {
  const { app, pids } = bench;
  const memory = watchMemory(pids);
  const cpuBefore = await cpuSeconds(pids);
  const begun = performance.now();
  const { messages, space } = await importExport(bench, path, signal, progress);
  // Chroma takes what was written last into its graph when it is asked: that belongs to the work, as it does for the floor.
  await app.retrieve({
    question: 'the first question',
    history: [],
    reader: { kind: 'everybody', spaces: [space] },
    limit: 1,
    ways: ['vectors'],
    signal,
  });
  const seconds = (performance.now() - begun) / 1_000;
  const cpu = (await cpuSeconds(pids)) - cpuBefore;
  const [peakMemoryBytes, chromaMemoryBytes] = await memory.end();
  const { documents, passages } = await countsOf(bench);
  const messagesPerSecond = messages / seconds;
  return {
    ...{ messages, documents, passages, seconds, messagesPerSecond, space },
    ...{ cpuSeconds: cpu, peakMemoryBytes, chromaMemoryBytes },
  };
}

export async function countsOf({ app }: Bench): Promise<{ documents: number; passages: number }> {
  const sources = await app.store.sources.list();
  return sources.reduce(
    (sum, { documents, passages }) => ({ documents: sum.documents + documents, passages: sum.passages + passages }),
    { documents: 0, passages: 0 },
  );
}
