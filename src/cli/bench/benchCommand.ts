import { Command, InvalidArgumentError, Option } from 'commander';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { act } from '../commands/act.ts';
import { FEEDBACK_PARTS, type FeedbackPart } from './feedback/parts.ts';
import { formatLoadTables } from './formatLoadTables.ts';
import { formatSegmentTable } from './formatSegmentTable.ts';

interface Options {
  readonly json?: boolean;
  readonly config?: string;
  readonly split?: string;
  readonly data: string;
  readonly run?: string;
  readonly out?: string;
  readonly messages: number;
  readonly growth?: boolean;
}

/** `bench`: the measurements, through the real pipeline, in a home of their own that is thrown away. */
export function benchCommand(action: typeof act): Command {
  const bench = new Command('bench').description(
    'measure, through the real pipeline; ratios to a floor of the same run',
  );
  bench
    .command('retrieval')
    .description('how well passages are found: nDCG@10, recall@10, MRR for words, vectors and both')
    .requiredOption('--data <dir>', 'a folder with corpus.jsonl, queries.jsonl and qrels.tsv')
    .option('--run <file>', 'write what was found as a TREC run file')
    .option('--json', 'print exactly one JSON document on stdout')
    .action(
      action<Options>(async ({ data, run, config }, output) => {
        const { benchRetrieval, formatRetrievalTable } = await import('./retrieval.ts');
        const result = await benchRetrieval({
          dataDir: data,
          ...(config ? { configFile: config } : {}),
          ...(run ? { runFile: run } : {}),
          report: (sentence) => output.aside(sentence),
        });
        output.line(formatRetrievalTable(result));
        output.result(result);
      }),
    );
  bench
    .command('segment')
    .description('how well messages are grouped into conversations: scaled VI, one-to-one, exact-match F1')
    .requiredOption('--data <dir>', 'a folder with messages.jsonl')
    .option('--split <name>', 'only the messages of this split')
    .option('--out <file>', 'write a JSON line a message: channel, ts, user, conversation')
    .option('--json', 'print exactly one JSON document on stdout')
    .action(
      action<Options>(async ({ data, out, split }, output) => {
        const { benchSegment } = await import('./segment.ts');
        const result = await benchSegment({
          dataDir: data,
          ...(split ? { split } : {}),
          ...(out ? { outFile: out } : {}),
          report: (done, all) => output.aside(`${done} of ${all} messages`),
        });
        output.line(formatSegmentTable(result));
        output.result(result);
      }),
    );
  bench
    .command('slack')
    .description(
      'how long people wait in Slack, alone and under load, against a Slack on this machine with every limit',
    )
    .option('--json', 'print exactly one JSON document on stdout')
    .action(
      action<Options>(async (_, output) => {
        // It brings the tests' Slack, which nothing else needs.
        const { benchSlack, formatSlackTable } = await import('./slack.ts');
        const result = await benchSlack((sentence) => output.aside(sentence));
        output.line(formatSlackTable(result));
        output.result(result);
      }),
    );
  bench
    .command('load')
    .description('how fast it takes in, answers and starts, and what it takes: ratios to Chroma and FTS5 by themselves')
    .requiredOption('--data <dir>', 'a folder with messages.jsonl')
    .option('--messages <n>', 'how many messages to import: those of the data, repeated', manyMessages, 100_000)
    .option('--growth', 'also measure how it grows from 10,000 to 300,000 passages, which takes long')
    .option('--json', 'print exactly one JSON document on stdout')
    .action(
      action<Options>(async ({ data, messages, growth, config }, output) => {
        const interrupted = new AbortController();
        const interrupt = () => interrupted.abort(new BackscrollError('cancelled', 'Stopped.'));
        process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
        try {
          const { benchLoad } = await import('./load.ts');
          const result = await benchLoad({
            ...{ dataDir: data, messages, growth: growth === true, signal: interrupted.signal },
            ...(config ? { configFile: config } : {}),
            report: (sentence) => output.aside(sentence),
          });
          output.line(formatLoadTables(result));
          output.result(result);
        } finally {
          process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
        }
      }),
    );
  bench
    .command('discord')
    .description('how long people wait in Discord, alone and under load, on two servers with every limit')
    .option('--json', 'print exactly one JSON document on stdout')
    .action(
      action<Options>(async (_, output) => {
        const { benchDiscord, formatDiscordTable } = await import('./discord.ts');
        const result = await benchDiscord((sentence) => output.aside(sentence));
        output.line(formatDiscordTable(result));
        output.result(result);
      }),
    );
  bench
    .command('feedback')
    .description('what feedback does for the next answer, and how fast votes are recorded, folded and exported')
    .option('--data <dir>', 'for the replay: a folder with corpus.jsonl, queries.jsonl and qrels.tsv')
    .addOption(new Option('--only <part>', 'one of the measurements').choices([...FEEDBACK_PARTS]))
    .option('--json', 'print exactly one JSON document on stdout')
    .action(
      action<Omit<Options, 'data'> & { readonly data?: string; readonly only?: FeedbackPart }>(
        async ({ data, only }, output) => {
          if (only === 'replay' && !data) {
            throw new BackscrollError('usage', 'The replay needs questions: name a folder with --data.');
          }
          const { benchFeedback, formatFeedbackTables } = await import('./feedback.ts');
          const result = await benchFeedback(only ? [only] : FEEDBACK_PARTS, data, (sentence) =>
            output.aside(sentence),
          );
          output.line(formatFeedbackTables(result));
          output.result(result);
        },
      ),
    );
  bench
    .command('sync')
    .description(
      'how fast and how gently channels are kept in step, against a Slack and a Discord on this machine with every limit',
    )
    .option('--messages <n>', 'how many', Number, 100_000)
    .option('--channels <n>', 'in how many channels', Number, 50)
    .option('--pages <n>', 'how many linked pages that do not change', Number, 10_000)
    .option('--json', 'print exactly one JSON document on stdout')
    .action(
      action<Options & { messages: number; channels: number; pages: number }>(
        async ({ messages, channels, pages }, output) => {
          const { benchSync, formatSyncTable } = await import('./slack/sync.ts');
          const { benchDiscordSync, discordSyncInWords } = await import('./discord/sync.ts');
          const { benchLinks, linksInWords } = await import('./sync/links.ts');
          const report = (sentence: string) => output.aside(sentence);
          const result = await benchSync({ messages, channels, report });
          const discord = await benchDiscordSync({ messages, channels, report });
          const links = await benchLinks({ pages, report });
          output.line(formatSyncTable(result));
          output.line(discordSyncInWords(discord));
          output.line(linksInWords(links));
          output.result({ ...result, discord, links });
        },
      ),
    );
  return bench;
}

function manyMessages(text: string): number {
  if (!/^\d{3,8}$/.test(text)) throw new InvalidArgumentError('Allowed is a whole number from 100 to 99999999.');
  return Number(text);
}
