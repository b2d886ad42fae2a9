import { createWriteStream, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { ExportReport } from '../../feedback/datasets/createExport.ts';
import { unfit } from '../../feedback/datasets/folder/diskError.ts';
import { holds } from '../../feedback/datasets/folder/resolvePlace.ts';
import { FORMATS } from '../../feedback/datasets/Policy.ts';
import type { StatsReport } from '../../feedback/stats/createStats.ts';
import { slugOf } from '../../sync/import/spaceName.ts';
import type { FeedbackImportResult } from '../operations/feedbackImport.ts';
import type { FeedbackReviewResult } from '../operations/feedbackReview.ts';
import { exportInWords, feedbackImportInWords, reviewInWords, statsInWords } from '../print/feedback.ts';
import { type Action, type Common, JSON_OPTION, type Run } from './Action.ts';

const LISTED = 100;

/** `feedback`: votes from elsewhere in, what is doubtful decided, datasets out. */
export function feedbackCommand(action: Action, run: Run): Command {
  const feedback = new Command('feedback').description('votes and corrections: import, stats, review, export');

  feedback
    .command('export')
    .description('a dataset of what people said of answers, with its manifest')
    .addOption(new Option('--format <format>', 'for which trainer').choices(FORMATS).makeOptionMandatory())
    .requiredOption('--out <dir>', 'the folder that is made; an earlier dataset of the same format there is replaced')
    .option('--without-passages', 'keep question and answer where only the passages may not be trained on')
    .option(...JSON_OPTION)
    .action(
      action<Common & { format: string; out: string; withoutPassages?: boolean }>(async (options, output) => {
        const { format, out, withoutPassages = false } = options;
        const order = { format, out: placeOf(out), withoutPassages };
        const result = await run<ExportReport>(options, output, 'feedback export', order);
        output.line(exportInWords(result));
        output.result(result);
      }),
    );

  feedback
    .command('import')
    .description(
      'take votes from elsewhere in: JSON lines {id, question, answer, passages: [{text, url?}], voter, vote, reason?, correction?, model?, at}',
    )
    .argument('<file>', 'the file, or - for standard input')
    .option('--space <name>', 'the space that they belong to')
    .option('--allow-training', 'you may train on these')
    .option(...JSON_OPTION)
    .action(
      action<Common & { space?: string; allowTraining?: boolean }>(async (options, output, file) => {
        const { space, allowTraining = false } = options;
        if (space !== undefined) slugOf(space);
        const result = await withFile(file, (path) =>
          run<FeedbackImportResult>(options, output, 'feedback import', { path, space, allowTraining }),
        );
        output.line(feedbackImportInWords(result));
        output.result(result);
      }),
    );

  feedback
    .command('review')
    .description('decide what opinions leave open: agree, discard, edit')
    .option(...JSON_OPTION)
    .action(
      action<Common>(async (options, output) => {
        const result = await run<FeedbackReviewResult>(options, output, 'feedback review', {
          limit: output.json ? 10_000 : LISTED,
        });
        if (output.interactive && !output.json && result.total > 0) {
          const { walkReview } = await import('./walkReview.ts');
          await walkReview(result, (decision) => run(options, output, 'feedback decide', decision));
          return;
        }
        output.line(reviewInWords(result));
        output.result(result);
      }),
    );

  feedback
    .command('stats')
    .description('votes over time, by source and channel, how far people agree, and what is missing for a dataset')
    .option(...JSON_OPTION)
    .action(
      action<Common>(async (options, output) => {
        const result = await run<StatsReport>(options, output, 'feedback stats', {});
        output.line(statsInWords(result));
        output.result(result);
      }),
    );
  return feedback;
}

/** Absolute. Only this process knows from where it was called. */
function placeOf(out: string): string {
  if (out.trim() === '') throw unfit('--out names no folder.');
  const place = resolve(out);
  if (existsSync(place) && holds(realpathSync(place), process.cwd())) {
    throw unfit(`--out ${out} is, or holds, the folder that you are in.`);
  }
  return place;
}

/** Standard input is read by this process, whichever takes the votes in. */
async function withFile<R>(file: string, work: (path: string) => Promise<R>): Promise<R> {
  if (file !== '-') {
    const path = resolve(file);
    if (!existsSync(path)) throw new BackscrollError('usage', `There is nothing at ${path}: check the file to import.`);
    return work(path);
  }
  const folder = mkdtempSync(join(tmpdir(), 'backscroll-votes-'));
  try {
    const path = join(folder, 'votes.jsonl');
    await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
