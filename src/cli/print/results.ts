import type { AskResult } from '../operations/ask.ts';
import type { DoctorResult } from '../operations/doctor.ts';
import type { ImportResult } from '../operations/import.ts';
import type { RemoveResult } from '../operations/remove.ts';
import type { SearchResult } from '../operations/search.ts';
import type { StatusResult } from '../operations/status.ts';
import type { TraceResult } from '../operations/trace.ts';
import { freshnessInWords } from './sync.ts';
import { counted, megabytes, table } from './table.ts';

/** The answer itself was printed as it came; here is what stands below it. */
export function askInWords({ citations, traceId, timings }: AskResult): string {
  const sources = citations.map(({ n, title, url }) => `[${n}] ${title}\n    ${url}`);
  const total = timings.total === undefined ? '' : ` · ${timings.total} ms`;
  return ['', '', ...(sources.length > 0 ? ['Sources', ...sources, ''] : []), `trace ${traceId}${total}`].join('\n');
}

export function searchInWords({ results, wordsOnly }: SearchResult): string {
  const found = results.map(({ title, url, text, score, ranks }, i) => {
    const ways = Object.entries(ranks).map(([way, rank]) => `${way} #${rank}`);
    return `${i + 1}. ${title}\n   ${url}\n   ${score.toFixed(3)} (${ways.join(', ')})\n   ${shortened(text, 240)}`;
  });
  return [
    ...(wordsOnly ? [`Words only: ${wordsOnly}`, ''] : []),
    results.length > 0 ? found.join('\n\n') : 'Nothing was found.',
  ].join('\n');
}

export function importInWords(result: ImportResult): string {
  const { sentence, space, sources, messages, pages, notes, skipped, sample } = result;
  const sum = (changes: { added: number; changed: number; unchanged: number; removed: number }, what: string) => {
    const { added, changed, unchanged, removed } = changes;
    if (added + changed + unchanged + removed === 0) return [];
    return [
      `${what}: ${counted(added)} new, ${counted(changed)} changed, ${counted(unchanged)} as before${removed > 0 ? `, ${counted(removed)} gone` : ''}`,
    ];
  };
  const cameIn = [...sum(messages, 'Messages'), ...sum(pages, 'Documents')];
  return [
    sentence,
    `Space ${space.name} (${space.id}), ${sources === 1 ? 'one source' : `${counted(sources)} sources`}`,
    ...(cameIn.length > 0 ? cameIn : ['Nothing came in.']),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(skipped.length > 0 ? ['', 'Left out', ...skipped.flatMap(skippedInWords)] : []),
    ...(sample ? ['', `The sample space is still there. To remove it: npx backscroll remove ${sample}`] : []),
  ].join('\n');
}

/** Examples that are sentences stand on lines of their own. */
function skippedInWords({ why, count, what }: ImportResult['skipped'][number]): string[] {
  const more = count > what.length && what.length > 0 ? ' …' : '';
  const line = `  ${counted(count)} × ${why}`;
  if (what.length === 0) return [line];
  if (what.every((example) => !/[:,]\s/.test(example))) return [`${line} (${what.join(', ')}${more})`];
  return [`${line}:`, ...what.map((example) => `      ${example}`), ...(more ? ['      …'] : [])];
}

export function removeInWords({ removed, documents, messages, answersErased, leftOut }: RemoveResult): string {
  const back = `\nIt is left out of sync from now on. To have it read again: npx backscroll remove --undo "${removed.name}"`;
  return `Removed the ${removed.kind} ${removed.name}: ${counted(messages)} messages, ${counted(documents)} documents${answersErased > 0 ? `; ${counted(answersErased)} answers that rested on them lost their words` : ''}.${leftOut ? back : ''}`;
}

export function statusInWords(status: StatusResult): string {
  const { owner, memory, spaces, vectors, model, imports, feedback, startToReadyMs } = status;
  const ready = startToReadyMs === undefined ? '' : `, ready after ${counted(Math.round(startToReadyMs))} ms`;
  const wanted = vectors.generations.reduce((sum, generation) => sum + generation.wanted, 0);
  const server = vectors.server;
  return [
    `Home      ${status.home}`,
    `Process   ${owner.pid} (${owner.command}), up ${counted(owner.upSeconds)} s${ready}`,
    `Memory    ${megabytes(memory.totalBytes)} (Backscroll ${megabytes(memory.backscrollBytes)}, Chroma ${megabytes(memory.chromaBytes)})`,
    `Vectors   ${server.state}${server.url ? ` at ${server.url}` : ''}, ${vectors.embedder}${wanted > 0 ? `, ${counted(wanted)} to be written` : ''}${server.error ? `: ${server.error}` : ''}`,
    `Model     ${model ?? 'none: answers are quotes'}`,
    `Imports   ${imports.running > 0 ? `${imports.running} under way` : 'none under way'}`,
    `Feedback  ${feedback.up} up, ${feedback.down} down, ${feedback.corrections} corrections`,
    ...status.datasets.owed.map(
      ({ folder }) => `Dataset   ${folder} still has words of who was forgotten (see backscroll doctor)`,
    ),
    ...status.datasets.leftovers.map(
      (path) => `Left      ${path} by an export that was killed (see backscroll doctor)`,
    ),
    '',
    spaces.length === 0
      ? 'Nothing has been imported yet: npx backscroll import PATH --space NAME'
      : table([
          ['space', 'id', 'sources', 'documents', 'passages', 'taken in'],
          ...spaces.map(({ name, id, sources, documents, passages, freshAt }) => [
            name,
            id,
            sources,
            documents,
            passages,
            freshAt ?? '',
          ]),
        ]),
    ...freshnessInWords(status.sync),
  ].join('\n');
}

export function doctorInWords({ findings }: DoctorResult): string {
  return findings.map(({ check, ok, sentence }) => `${ok ? '✓' : '✗'} ${check.padEnd(9)} ${sentence}`).join('\n');
}

export function traceInWords({
  question,
  answer,
  status,
  erased,
  trace,
  passages,
  askedAt,
  platform,
}: TraceResult): string {
  const timings = Object.entries(trace?.timings ?? {}).map(([stage, ms]) => `${stage} ${ms} ms`);
  const rows = passages.map(({ n, cited, score, words, vectors, title }) => [
    n === undefined ? '' : `[${n}]`,
    cited ? 'cited' : '',
    score.toFixed(3),
    words ? `#${words.rank} (${words.score.toFixed(2)})` : '–',
    vectors ? `#${vectors.rank} (${vectors.distance.toFixed(3)})` : '–',
    shortened(title ?? 'not there any more', 70),
  ]);
  return [
    `Question  ${question}`,
    `Asked     ${askedAt} on ${platform}`,
    `Status    ${status}${erased ? ' (its words were taken away with what it rested on)' : ''}`,
    ...(trace
      ? [
          `By        ${trace.model ?? trace.answerer}${trace.cost === undefined ? '' : `, cost ${trace.cost}`}`,
          `Language  ${trace.language}`,
          ...(trace.wordsOnly ? [`Vectors   not asked: ${trace.wordsOnly}`] : []),
          ...(trace.notes.length > 0 ? [`Notes     ${trace.notes.join(', ')}`] : []),
          `Time      ${timings.join(', ')}`,
        ]
      : []),
    '',
    answer,
    '',
    table([['', '', 'score', 'words', 'vectors', 'passage'], ...rows]),
  ].join('\n');
}

function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}
