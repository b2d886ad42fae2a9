import { Command } from 'commander';
import { benchCommand } from './bench/benchCommand.ts';
import { type Common, JSON_OPTION } from './commands/Action.ts';
import { act } from './commands/act.ts';
import { addAskCommands } from './commands/askCommands.ts';
import { addCareCommands } from './commands/careCommands.ts';
import { createLoad, createRun } from './commands/createRun.ts';
import { feedbackCommand } from './commands/feedbackCommand.ts';
import { gapsCommand, optOutCommand } from './commands/gapsCommand.ts';
import { importCommand } from './commands/importCommand.ts';
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

  const loaded = createLoad(() => program.opts<Common>().config);
  const run = createRun(loaded);

  program
    .command('start')
    .description('run the bot: the web chat and whatever platforms have credentials')
    .option('--no-sample', 'do not take the sample space in on the first run')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common & { sample: boolean }, output) => {
        const { start } = await import('./start.ts');
        await start(loaded(options), options, output);
      }),
    );

  program.addCommand(importCommand(run, loaded));
  addAskCommands(program, run);
  program.addCommand(gapsCommand(act, run));
  const feedback = feedbackCommand(act, run);
  feedback.addCommand(optOutCommand(act, run));
  program.addCommand(feedback);
  addCareCommands(program, run);
  program.addCommand(benchCommand(act));
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride();
  }
  return program;
}
