import { counted, megabytes, table } from '../print/table.ts';
import { benchExporting, type ExportingResult, formatExportingTable } from './feedback/exporting.ts';
import { benchFolding, type FoldingResult } from './feedback/foldEvents.ts';
import type { FeedbackPart } from './feedback/parts.ts';
import { benchRecording, type RecordingResult } from './feedback/recordVotes.ts';
import { benchReplay, type ReplayResult } from './feedback/replay.ts';
import type { Quality } from './retrieval/measures.ts';

export interface FeedbackBenchResult {
  readonly replay?: ReplayResult;
  readonly record?: RecordingResult;
  readonly fold?: FoldingResult;
  readonly export?: ExportingResult;
}

/** What feedback does for the next answer, and how fast it is kept. `replay` needs a collection. */
export async function benchFeedback(
  parts: readonly FeedbackPart[],
  dataDir: string | undefined,
  report: (sentence: string) => void,
): Promise<FeedbackBenchResult> {
  const wants = (part: FeedbackPart) => parts.includes(part);
  return {
    ...(wants('replay') && dataDir ? { replay: await benchReplay(dataDir, report) } : {}),
    ...(wants('record') ? { record: await benchRecording() } : {}),
    ...(wants('fold') ? { fold: await benchFolding(report) } : {}),
    ...(wants('export') ? { export: await benchExporting(report) } : {}),
  };
}

export function formatFeedbackTables({ replay, record, fold, export: exported }: FeedbackBenchResult): string {
  return [
    ...(replay ? [replayTable(replay)] : []),
    ...(record ? [recordTable(record)] : []),
    ...(fold ? [foldTable(fold)] : []),
    ...(exported ? [formatExportingTable(exported)] : []),
  ].join('\n\n');
}

function replayTable({ data, rated, others, areRealWordings, stages, attack }: ReplayResult): string {
  const first = stages[0]?.rated.ndcg10 ?? 0;
  const wording = areRealWordings ? 'in other words of people' : 'with every third word left out';
  const row = (name: string, lessons: number, own: Quality, other: Quality) => [
    ...[name, lessons, own.ndcg10.toFixed(3), `${((own.ndcg10 / first - 1) * 100).toFixed(1)} %`],
    ...[own.mrr.toFixed(3), other.ndcg10.toFixed(3)],
  ];
  const { attacked, stillFirst, stillOffered, before, after } = attack;
  return [
    `${data}: ${counted(rated)} questions are voted on and asked again ${wording}; ${counted(others)} others are not voted on`,
    table([
      ['', 'learned', 'nDCG@10', 'gain', 'MRR', 'others nDCG@10'],
      ...stages.map(({ name, lessons, rated: own, others: other }) => row(name, lessons, own, other)),
    ]),
    `Ten hostile voters against each of ${attacked} right passages that came first: ${stillFirst} are still first, ${stillOffered} still among those offered; nDCG@10 ${before.ndcg10.toFixed(3)} -> ${after.ndcg10.toFixed(3)}.`,
  ].join('\n');
}

function recordTable({ fsync, vote, ratio, load }: RecordingResult): string {
  return [
    table([
      ['ms', 'p50', 'p95'],
      ['one write and its fsync', fsync.p50Ms.toFixed(2), fsync.p95Ms.toFixed(2)],
      ['a vote, until it is on disk', vote.p50Ms.toFixed(2), vote.p95Ms.toFixed(2)],
    ]),
    `p95 is ${ratio.toFixed(2)} x the fsync of the same run (at most 2 wanted).`,
    `${load.wantedASecond} votes a second for ${load.seconds.toFixed(1)} s: ${counted(load.votes)} on disk, p95 ${load.p95Ms.toFixed(1)} ms.`,
  ].join('\n');
}

function foldTable({ events, answers, present, foldMs, cpuMs, oneMoreMs, peakBytes }: FoldingResult): string {
  return [
    table([
      ['events', 'answers', 'rows', 'seconds', 'of them CPU', 'one more, ms', 'memory'],
      [
        ...[counted(events), counted(answers), counted(present), (foldMs / 1000).toFixed(1), (cpuMs / 1000).toFixed(1)],
        ...[oneMoreMs.toFixed(2), megabytes(peakBytes)],
      ],
    ]),
    'Folded from disk to disk (at most 10 s wanted).',
  ].join('\n');
}
