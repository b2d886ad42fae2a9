import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { readerFor } from '../../knowledge/read/readFileAs.ts';
import { makeHome } from '../../store/home.ts';
import { slugOf } from '../../sync/import/spaceName.ts';
import { spoolInput } from '../../sync/import/spoolInput.ts';
import type { ImportResult } from '../operations/import.ts';
import type { RemoveResult } from '../operations/remove.ts';
import { importInWords, removeInWords } from '../print/results.ts';
import { type Common, JSON_OPTION, type Run } from './Action.ts';
import { act } from './act.ts';
import type { Load } from './createRun.ts';
import type { Output } from './Output.ts';

interface ImportOptions extends Common {
  readonly space: string;
  readonly url?: string;
  readonly name?: string;
  readonly audience?: string;
}

/** `import`: exports and documents, from a path or from standard input. */
export function importCommand(run: Run, loaded: Load): Command {
  return new Command('import')
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
    .option(...JSON_OPTION)
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

async function agreed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}
