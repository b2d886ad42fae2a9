import { Command, InvalidArgumentError } from 'commander';
import type { GapsResult } from '../operations/gaps.ts';
import type { OptOutResult } from '../operations/optOut.ts';
import { gapsInWords } from '../print/gaps.ts';
import { type Action, type Common, JSON_OPTION, type Run } from './Action.ts';

/** `gaps`: what people ask and nothing answers. */
export function gapsCommand(act: Action, run: Run): Command {
  return new Command('gaps')
    .description('what people ask and nothing answers, and who might know')
    .option('--limit <n>', 'how many', wholeNumber, 10)
    .option('--space <name>', 'only in this space')
    .option('--as <user>', 'as this person: what they may read counts, private channels too')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common & { limit: number; space?: string; as?: string }, output) => {
        const { limit, space, as } = options;
        const result = await run<GapsResult>(options, output, 'gaps', { limit, space, as });
        output.line(gapsInWords(result));
        output.result(result);
      }),
    );
}

/** `feedback opt-out`: whose words never enter a dataset. */
export function optOutCommand(act: Action, run: Run): Command {
  return new Command('opt-out')
    .description('keep a person’s words out of every dataset')
    .argument('<user>', 'an id, a handle or a full name')
    .option('--space <name>', 'of this space')
    .option('--undo', 'let them in again')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common & { space?: string; undo?: boolean }, output, user) => {
        const args = { user, space: options.space, undo: options.undo === true };
        const result = await run<OptOutResult>(options, output, 'opt-out', args);
        const { name, optedOut } = result;
        output.line(
          optedOut
            ? `What ${name} says enters no dataset from now on. Export again to rebuild those that there are.`
            : `What ${name} says may enter datasets again, where the rest of the rules let it.`,
        );
        output.result(result);
      }),
    );
}

function wholeNumber(text: string): number {
  const n = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (n < 1 || n > 1000) throw new InvalidArgumentError('Allowed is a whole number from 1 to 1000.');
  return n;
}
