import { type Command, InvalidArgumentError } from 'commander';
import type { AskResult } from '../operations/ask.ts';
import type { SearchResult } from '../operations/search.ts';
import type { TraceResult } from '../operations/trace.ts';
import { askInWords, searchInWords, traceInWords } from '../print/results.ts';
import { type Common, JSON_OPTION, type Run } from './Action.ts';
import { act } from './act.ts';

/** `ask`, `search`, `trace`: what is known, and why an answer is what it is. */
export function addAskCommands(program: Command, run: Run): void {
  program
    .command('ask')
    .description('answer a question on the command line')
    .argument('<question>', 'in your own words, in any language')
    .option('--space <name>', 'only from this space')
    .option('--as <user>', 'as this person: what they may read counts, private channels too')
    .option(...JSON_OPTION)
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
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common & { limit: number; space?: string; as?: string }, output, query) => {
        const { limit, space, as } = options;
        const result = await run<SearchResult>(options, output, 'search', { query, limit, space, as });
        output.line(searchInWords(result));
        output.result(result);
      }),
    );

  program
    .command('trace')
    .description('why an answer is what it is: passages, scores, model, timings')
    .argument('<id>', 'the trace id that stands below each answer')
    .option(...JSON_OPTION)
    .action(
      act(async (options: Common, output, id) => {
        const result = await run<TraceResult>(options, output, 'trace', { id });
        output.line(traceInWords(result));
        output.result(result);
      }),
    );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > 1000) {
    throw new InvalidArgumentError('Allowed is a whole number from 1 to 1000.');
  }
  return Number(text);
}
