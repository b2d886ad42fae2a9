import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { loadConfig } from '../../config/load.ts';
import { BackscrollError } from '../base/BackscrollError.ts';
import { readerFor } from '../knowledge/read/readFileAs.ts';
import { makeHome } from '../store/home.ts';
import { slugOf } from '../sync/import/spaceName.ts';
import { spoolInput } from '../sync/import/spoolInput.ts';
import { benchCommand } from './bench/benchCommand.ts';
import type { Common } from './commands/Action.ts';
import { feedbackCommand } from './commands/feedbackCommand.ts';
import { gapsCommand, optOutCommand } from './commands/gapsCommand.ts';
import { createOutput, fail, type Output } from './commands/Output.ts';
import type { AskResult } from './operations/ask.ts';
import type { DoctorResult } from './operations/doctor.ts';
import type { ForgetResult } from './operations/forget.ts';
import type { ImportResult } from './operations/import.ts';
import type { RemoveResult } from './operations/remove.ts';
import type { SearchResult } from './operations/search.ts';
import type { StatusResult } from './operations/status.ts';
import type { TraceResult } from './operations/trace.ts';
import { perform } from './perform.ts';
import { forgetInWords } from './print/feedback.ts';
import { createProgressPrinter } from './print/progress.ts';
import {
  askInWords,
  doctorInWords,
  importInWords,
  removeInWords,
  searchInWords,
  statusInWords,
  traceInWords,
} from './print/results.ts';
import { version } from './version.ts';

/** The commands: parse, have it done by whoever owns the home, print. */
export function createProgram(): Command {
  const program = new Command('backscroll')
    .version(version, '--version', 'the version')
    .description('Answers questions from what was said in your channels and documents, with its sources.')
    .option('--config <file>', 'the config file (default: backscroll.yaml in the home, else config/backscroll.yaml)')
    .showHelpAfterError('(see: npx backscroll --help)')
    .addHelpText(
      'after',
      `
Examples
  npm start                                          the web chat, with a sample space on the first run
  npx backscroll import export.zip --space acme      a Slack export
  npx backscroll import docs/ --space handbook       a folder of Markdown, HTML, PDF, Word …
  npx backscroll ask "How do I reach the VPN?"       an answer with its sources
  npx backscroll doctor                              what is wrong, and how to mend it

Everything is kept in one folder, BACKSCROLL_HOME (./.backscroll). While "start" runs, the other commands talk to it.
Exit status: 0 done, 1 it could not, 2 wrong usage.`,
    );

  const json = ['--json', 'print exactly one JSON document on stdout'] as const;

  program
    .command('start')
    .description('run the bot: the web chat and whatever platforms have credentials')
    .option('--no-sample', 'do not take the sample space in on the first run')
    .option(...json)
    .action(
      act(async (options: Common & { sample: boolean }, output) => {
        const { start } = await import('./start.ts');
        await start(loaded(options), options, output);
      }),
    );

  program
    .command('import')
    .description('take in a Slack or Discord export, or documents: Markdown, HTML, text, PDF, Word, CSV')
    .argument('<path>', 'the folder, zip or file; - for one document or zip on standard input')
    .requiredOption('--space <name>', 'the space it belongs to; an export of a workspace keeps its own identity')
    .option('--url <url>', 'where the documents can be read on the web, so that citations lead there')
    .option('--name <name>', 'with -: what the document is called; the same name again replaces it')
    .addOption(
      new Option('--audience <who>', 'who may read the channels of a Discord export, which does not say').choices([
        'everybody',
        'participants',
      ]),
    )
    .option(...json)
    .addHelpText(
      'after',
      `
Running it again costs nothing for what has not changed. Stopped or killed, it goes on where it was.
Private channels and direct messages of a full Slack export are kept for their members (ask with --as USER), private
threads and direct messages of a Discord export (DiscordChatExporter, as JSON) for those who took part.

Examples
  npx backscroll import export.zip --space acme
  npx backscroll import discord/ --space guild --audience participants
  curl -s https://example.org/guide.pdf | npx backscroll import - --space handbook --name Guide`,
    )
    .action(act(importPath));

  program
    .command('ask')
    .description('answer a question on the command line')
    .argument('<question>', 'in your own words, in any language')
    .option('--space <name>', 'only from this space')
    .option('--as <user>', 'as this person: what they may read counts, private channels too')
    .option(...json)
    .action(
      act(async (options: Common & { space?: string; as?: string }, output, question) => {
        const { space, as } = options;
        const result = await run<AskResult>(options, output, 'ask', { question, space, as });
        output.line(askInWords(result));
        output.result(result);
        if (result.status === 'failed') process.exitCode = 1;
      }),
    );

  program
    .command('search')
    .description('the passages that a question finds, with their scores')
    .argument('<query>')
    .option('--limit <n>', 'how many', wholeNumber, 10)
    .option('--space <name>', 'only in this space')
    .option('--as <user>', 'as this person')
    .option(...json)
    .action(
      act(async (options: Common & { limit: number; space?: string; as?: string }, output, query) => {
        const { limit, space, as } = options;
        const result = await run<SearchResult>(options, output, 'search', { query, limit, space, as });
        output.line(searchInWords(result));
        output.result(result);
      }),
    );

  program
    .command('status')
    .description('what is known, how fresh it is, memory and time to ready')
    .option(...json)
    .action(printing<StatusResult>('status', statusInWords));

  program
    .command('doctor')
    .description('what is wrong, and how to mend it')
    .option(...json)
    .action(
      act(async (options: Common, output) => {
        const result = await run<DoctorResult>(options, output, 'doctor', {});
        output.line(doctorInWords(result));
        output.result(result);
        if (!result.ok) process.exitCode = 1;
      }),
    );

  program
    .command('trace')
    .description('why an answer is what it is: passages, scores, model, timings')
    .argument('<id>', 'the trace id that stands below each answer')
    .option(...json)
    .action(
      act(async (options: Common, output, id) => {
        const result = await run<TraceResult>(options, output, 'trace', { id });
        output.line(traceInWords(result));
        output.result(result);
      }),
    );

  program
    .command('remove')
    .description('take a space or a source away; its words leave the disk')
    .argument('<name>', 'a space (name or id) or a source (name, key, or space/key: see status --json)')
    .option(...json)
    .action(
      act(async (options: Common, output, name) => {
        const result = await run<RemoveResult>(options, output, 'remove', { name });
        output.line(removeInWords(result));
        output.result(result);
      }),
    );

  program
    .command('forget')
    .description('forget a person: messages, questions, votes’ owners, words, and datasets made of them')
    .argument('<user>', 'SPACE:ID (slack:T1:U1), web:…, or a name or handle that only one has')
    .option(...json)
    .action(
      act(async (options: Common, output, user) => {
        const result = await run<ForgetResult>(options, output, 'forget', { user });
        output.line(forgetInWords(result));
        output.result(result);
      }),
    );

  program.addCommand(gapsCommand(act, run));
  const feedback = feedbackCommand(act, run);
  feedback.addCommand(optOutCommand(act, run));
  program.addCommand(feedback);

  program
    .command('reindex')
    .description('make all vectors again from the database')
    .option(...json)
    .action(printing<{ vectors: number }>('reindex', ({ vectors }) => `${vectors} vectors were made again.`));

  program
    .command('open')
    .description('a fresh one-time link to the web chat of a running Backscroll')
    .option('--review', 'to the operator’s page, where doubtful answers are decided')
    .option(...json)
    .action(
      act(async (options: Common & { review?: boolean }, output) => {
        const result = await run<{ link: string }>(options, output, 'open', { review: options.review });
        output.line(result.link);
        output.result(result);
      }),
    );

  program.addCommand(benchCommand(act));
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride();
  }
  return program;

  function loaded(options: Common) {
    const cwd = process.cwd();
    const file = options.config ?? program.opts<Common>().config;
    if (existsSync(resolve(cwd, '.env'))) process.loadEnvFile(resolve(cwd, '.env'));
    return loadConfig(process.env, { cwd, ...(file ? { file } : {}) });
  }

  async function run<R>(options: Common, output: Output, operation: string, args: unknown): Promise<R> {
    const printer = createProgressPrinter(output);
    const interrupted = new AbortController();
    const interrupt = () => interrupted.abort(new BackscrollError('cancelled', 'Stopped.'));
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    try {
      const io = { signal: interrupted.signal, progress: (event: unknown) => printer.show(event) };
      return (await perform(loaded(options), operation, args, io)) as R;
    } finally {
      printer.end();
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  }

  function printing<R>(operation: string, inWords: (result: R) => string) {
    return act(async (options: Common, output) => {
      const result = await run<R>(options, output, operation, {});
      output.line(inWords(result));
      output.result(result);
    });
  }

  async function importPath(options: ImportOptions, output: Output, path: string) {
    // Looked at before the home is taken, so that a slip of the pen changes nothing.
    slugOf(options.space);
    const { space, url, audience } = options;
    if (path === '-') return importInput(options, output);
    if (options.name !== undefined) {
      throw new BackscrollError('usage', '--name is for what comes by standard input (import -): files have names.');
    }
    const args = { path: resolve(path), space, url, audience };
    if (!existsSync(args.path)) {
      throw new BackscrollError('usage', `There is nothing at ${args.path}: check the path to import.`);
    }
    const result = await printedImport(options, output, args);
    if (result.sample && output.interactive && !output.json && (await agreed(`Remove the sample space now? [y/N] `))) {
      output.line(removeInWords(await run<RemoveResult>(options, output, 'remove', { name: result.sample })));
    }
  }

  async function importInput(options: ImportOptions, output: Output) {
    const { space, url, audience } = options;
    const name = options.name?.trim();
    if (name === '') throw new BackscrollError('usage', 'The name of the document (--name) is empty.');
    if (process.stdin.isTTY) {
      throw new BackscrollError('usage', 'Pipe a document in: cat guide.pdf | npx backscroll import - --space NAME');
    }
    const { home, config } = loaded(options);
    makeHome(home);
    const maxBytes = config.import.inputMegabytes * 1024 ** 2;
    const canRead = (path: string) => readerFor(path) !== undefined;
    const spooled = await spoolInput(process.stdin, { home, maxBytes, name, canRead });
    try {
      await printedImport(options, output, { path: spooled.path, space, url, audience, input: { name } });
    } finally {
      await spooled.remove();
    }
  }

  async function printedImport(options: Common, output: Output, args: unknown): Promise<ImportResult> {
    const result = await run<ImportResult>(options, output, 'import', args);
    output.line(importInWords(result));
    output.result(result);
    return result;
  }
}

interface ImportOptions extends Common {
  readonly space: string;
  readonly url?: string;
  readonly name?: string;
  readonly audience?: string;
}

/** Makes an action of commander's out of ours: options, where to print, the first argument. */
export function act<O extends Common>(work: (options: O, output: Output, argument: string) => Promise<void>) {
  return async (...given: unknown[]) => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<O>();
    const output = createOutput(options.json === true);
    try {
      await work(options, output, typeof given[0] === 'string' ? given[0] : '');
    } catch (error) {
      fail(output, error);
    }
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > 1000) {
    throw new InvalidArgumentError('Allowed is a whole number from 1 to 1000.');
  }
  return Number(text);
}

async function agreed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}
