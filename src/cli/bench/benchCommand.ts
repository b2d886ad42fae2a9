import { Command } from 'commander';
import type { act } from '../program.ts';
import { formatSegmentTable } from './formatSegmentTable.ts';

interface Options {
  readonly json?: boolean;
  readonly config?: string;
  readonly split?: string;
  readonly data: string;
  readonly run?: string;
  readonly out?: string;
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
  return bench;
}
