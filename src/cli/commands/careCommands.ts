import type { Command } from 'commander';
import type { DoctorResult } from '../operations/doctor.ts';
import type { ForgetResult } from '../operations/forget.ts';
import type { RemoveResult } from '../operations/remove.ts';
import type { StatusResult } from '../operations/status.ts';
import type { SyncResult } from '../operations/sync.ts';
import type { TakeBackResult } from '../operations/takeBack.ts';
import { forgetInWords } from '../print/feedback.ts';
import { doctorInWords, removeInWords, statusInWords } from '../print/results.ts';
import { syncInWords, takeBackInWords } from '../print/sync.ts';
import { type Common, JSON_OPTION, type Run } from './Action.ts';
import { act } from './act.ts';

/** What an operator does with a home: how it is, what is read anew, what goes. */
export function addCareCommands(program: Command, run: Run): void {
  program
    .command('sync')
    .description('read sources now: channels, linked documents, sites, folders, repositories')
    .argument('[sources...]', 'ids, names or kinds, as status shows them (default: all)')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      `
While "start" runs, all of this happens by itself. Stopped or killed, it goes on where it was.
How long it takes is up to the platform: Slack gives 50 pages a minute.`,
    )
    .action((sources: string[], ...rest: unknown[]) =>
      act(async (options: Common, output) => {
        const result = await run<SyncResult>(options, output, 'sync', { sources });
        output.line(syncInWords(result));
        output.result(result);
        if (result.problems.length > 0 || result.sources.some(({ error }) => error)) process.exitCode = 1;
      })(...rest),
    );

  program
    .command('status')
    .description('what is known, how fresh it is, memory and time to ready')
    .option(...JSON_OPTION)
    .action(printing<StatusResult>('status', statusInWords));

  program
    .command('doctor')
    .description('what is wrong, and how to mend it')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common, output) => {
        const result = await run<DoctorResult>(options, output, 'doctor', {});
        output.line(doctorInWords(result));
        output.result(result);
        if (!result.ok) process.exitCode = 1;
      }),
    );

  program
    .command('remove')
    .description('take a space or a source away; its words leave the disk, and sync leaves it out from then on')
    .argument('<name>', 'a space (name or id) or a source (name, key, or space/key: see status --json)')
    .option('--undo', 'have sync read it again')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common & { undo?: boolean }, output, name) => {
        if (options.undo) {
          const back = await run<TakeBackResult>(options, output, 'take-back', { name });
          output.line(takeBackInWords(back));
          output.result(back);
          return;
        }
        const result = await run<RemoveResult>(options, output, 'remove', { name });
        output.line(removeInWords(result));
        output.result(result);
      }),
    );

  program
    .command('forget')
    .description('forget a person: messages, questions, votes’ owners, words, and datasets made of them')
    .argument('<user>', 'SPACE:ID (slack:T1:U1), web:…, or a name or handle that only one has')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common, output, user) => {
        const result = await run<ForgetResult>(options, output, 'forget', { user });
        output.line(forgetInWords(result));
        output.result(result);
        if (!result.done) process.exitCode = 1;
      }),
    );

  program
    .command('reindex')
    .description('make all vectors again from the database')
    .option(...JSON_OPTION)
    .action(printing<{ vectors: number }>('reindex', ({ vectors }) => `${vectors} vectors were made again.`));

  program
    .command('open')
    .description('a fresh one-time link to the web chat of a running Backscroll')
    .option('--review', 'to the operator’s page, where doubtful answers are decided')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common & { review?: boolean }, output) => {
        const result = await run<{ link: string }>(options, output, 'open', { review: options.review });
        output.line(result.link);
        output.result(result);
      }),
    );

  function printing<R>(operation: string, inWords: (result: R) => string) {
    return act(async (options: Common, output) => {
      const result = await run<R>(options, output, operation, {});
      output.line(inWords(result));
      output.result(result);
    });
  }
}
