import { counted, megabytes, table } from '../print/table.ts';
import type { ScaleMeasure } from './load/scaling.ts';
import type { AskRow, LoadBenchResult } from './load.ts';

const seconds = (value: number) => `${value.toFixed(2)} s`;
const ratio = (value: number) => `${value.toFixed(2)} ×`;
const ms = (value: number) => `${value.toFixed(1)} ms`;

/** The result of `bench load` for a terminal: no trailing newline. */
export function formatLoadTables(result: LoadBenchResult): string {
  const { import: imported, floor, asks, start, afterwards, privateChannels, growth } = result;
  const parts = [
    `${counted(imported.messages)} messages became ${counted(imported.documents)} conversations and ${counted(imported.passages)} passages, ${counted(Math.round(imported.messagesPerSecond))} messages a second`,
    table([
      ['import', 'time', 'processor', 'ratio (aim 1.30)', 'by processor'],
      ['floor: Chroma alone', seconds(floor.vectorSeconds)],
      ['floor: bare FTS5', seconds(floor.wordSeconds)],
      ['floor', seconds(floor.seconds), seconds(floor.cpuSeconds), ratio(1), ratio(1)],
      [
        'Backscroll',
        ...[seconds(imported.seconds), seconds(imported.cpuSeconds)],
        ...[ratio(result.ratio.time), ratio(result.ratio.cpu)],
      ],
    ]),
    table([
      [
        ...['ask', 'asked', 'answered', 'p50', 'p95', 'p50 (aim 3)', 'p95 (aim 5)'],
        ...['bare p50', 'bare p95', 'p50 alike', 'p95 alike'],
      ],
      ...asks.map(askLine),
    ]),
    'ratios are to one bare Chroma query that was asked alone in the same run (its p50); "bare" is that query in the same circumstances, "alike" the ratio to it',
    table([
      ['start', 'time', 'ratio'],
      ['Chroma by itself', seconds(start.chromaSeconds), ratio(1)],
      ['Backscroll: a question can be asked', seconds(start.readySeconds), ratio(start.ratio)],
      [
        'Backscroll: vectors are searched too',
        seconds(start.vectorsSeconds),
        ratio(start.vectorsSeconds / start.chromaSeconds),
      ],
    ]),
    table([
      ['memory of all processes (aim 600 MB)', ''],
      ['at most, while importing', megabytes(imported.peakMemoryBytes)],
      ['… of which Chroma, then', megabytes(imported.chromaMemoryBytes)],
      ['after the questions (with the measurement itself)', megabytes(afterwards.memoryBytes)],
      ['after a start', megabytes(start.memoryBytes)],
    ]),
    ...(privateChannels.length > 0 ? [scaleTable('private channels', privateChannels)] : []),
    ...(growth.length > 0 ? [scaleTable('growth', growth)] : []),
  ];
  return parts.join('\n\n');
}

function askLine({ when, ask, raw, answered, p50Ratio, p95Ratio, alike }: AskRow): (string | number)[] {
  return [
    ...[when, ask.count, answered, ms(ask.p50Ms), ms(ask.p95Ms)],
    ...[ratio(p50Ratio), ratio(p95Ratio), ms(raw.p50Ms), ms(raw.p95Ms), ratio(alike.p50), ratio(alike.p95)],
  ];
}

function scaleTable(name: string, rows: readonly ScaleMeasure[]): string {
  const head = [name, 'passages', 'memory', 'disk', 'open files', 'p50', 'p95', 'bare p50', 'p50 ratio', 'p95 ratio'];
  return table([
    head,
    ...rows.map((row) => [
      ...[row.privateChannels || counted(row.messages), row.passages],
      ...[megabytes(row.memoryBytes), megabytes(row.diskBytes), row.openFiles ?? '?'],
      ...[ms(row.ask.p50Ms), ms(row.ask.p95Ms), ms(row.raw.p50Ms)],
      ...[ratio(row.ask.p50Ms / row.raw.p50Ms), ratio(row.ask.p95Ms / row.raw.p50Ms)],
    ]),
  ]);
}
