import type { SegmentBenchResult } from './segment.ts';

const HEADINGS = ['split', 'rule', 'messages', 'conversations', 'VI', '1-1', 'exact F1'] as const;

/** The result of `bench segment` as a table for a terminal: no trailing newline, figures from 0 to 100, higher is better. */
export function formatSegmentTable(result: SegmentBenchResult): string {
  const cells = result.rows.map((row) => [
    row.split,
    row.rule,
    String(row.messages),
    String(row.conversations),
    row.variationOfInformation.toFixed(1),
    row.oneToOne.toFixed(1),
    row.exactF1.toFixed(1),
  ]);
  const widths = HEADINGS.map((heading, at) => Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number)))
      .join('  ')
      .trimEnd();
  const { channels, messages, scored, messagesPerSecond, outFile } = result;
  return [
    lineOf(HEADINGS),
    ...cells.map(lineOf),
    '',
    `${messages} messages in ${channels} channels, ${scored} of them judged by people; ${messagesPerSecond} messages a second.`,
    ...(outFile === undefined ? [] : [`Written to ${outFile}.`]),
  ].join('\n');
}
