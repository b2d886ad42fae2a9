import { setTimeout as sleep } from 'node:timers/promises';
import { table } from '../print/table.ts';
import { questionOn } from './benchTalk.ts';
import { type Quantiles, quantileRow, quantiles } from './quantiles.ts';
import { leastMs } from './slack/leastMs.ts';
import { type BenchBot, CHANNELS, PEOPLE, startBenchBot } from './slack/startBenchBot.ts';
import { type Asked, countAnswers, type Seen, watch } from './slack/watch.ts';

const ALONE = 60;
const WARM_UP = 3;
const LOAD = 200;
const LOAD_MS = 10_000;
const MINUTE_MS = 61_000;

export interface SlackBenchResult {
  /** What one call takes by itself: it is in each of the others at least once. */
  readonly ownCall: Quantiles;
  readonly alone: {
    readonly questions: number;
    readonly ack: Quantiles;
    readonly sign: Quantiles;
    readonly answer: Quantiles;
  };
  readonly load: {
    readonly questions: number;
    readonly seconds: number;
    readonly channels: number;
    readonly answeredOnce: number;
    readonly inOrder: boolean;
    readonly refused429: number;
    readonly ack: Quantiles;
    readonly sign: Quantiles;
    readonly answer: Quantiles;
    readonly drainMs: number;
    readonly leastMs: number;
    readonly ratio: number;
  };
}

/**
 * How long people wait in Slack: the whole bot without a model, by Socket Mode, against a Slack on this machine that
 * enforces every limit. First one question at a time, then many at once.
 */
export async function benchSlack(report: (sentence: string) => void = () => {}): Promise<SlackBenchResult> {
  const bot = await startBenchBot();
  try {
    const ownCall = await measureOwnCall(bot);
    report(`${ALONE} questions, one at a time`);
    const alone = (await askAlone(bot)).slice(WARM_UP);
    report(`${LOAD} questions in ${LOAD_MS / 1000} s over ${CHANNELS.length} channels`);
    bot.fake.clock.advance(MINUTE_MS);
    const before = refusals(bot);
    const asked = await askMany(bot);
    await bot.fake.when(() => countAnswers(bot) >= ALONE + LOAD);
    await bot.respond.idle();
    const seen = watch(bot.fake, asked);
    const begunMs = Math.min(...seen.map(({ askedMs }) => askedMs));
    const drainMs = Math.max(...seen.map(({ answerMs }) => answerMs ?? Number.POSITIVE_INFINITY)) - begunMs;
    const least = leastMs(seen.map(({ askedMs }, i) => ({ channel: asked[i]?.channel ?? '', askedMs })));
    return {
      ownCall,
      alone: { questions: alone.length, ...waits(alone) },
      load: {
        questions: LOAD,
        seconds: LOAD_MS / 1000,
        channels: CHANNELS.length,
        answeredOnce: seen.filter(({ answers }) => answers === 1).length,
        inOrder: isInOrder(asked, seen),
        refused429: refusals(bot) - before,
        ...waits(seen),
        drainMs,
        leastMs: Math.round(least),
        ratio: drainMs / least,
      },
    };
  } finally {
    await bot.stop();
  }
}

export function formatSlackTable({ ownCall, alone, load }: SlackBenchResult): string {
  const row = quantileRow;
  const none = { p50Ms: 0, p95Ms: 0 };
  return [
    table([
      ['ms', 'p50', 'p95', 'p50 over the server’s own'],
      row('a call to this Slack by itself', ownCall, none),
      row(`one at a time (${alone.questions}): acknowledged`, alone.ack, none),
      row('  mention -> first sign', alone.sign, ownCall),
      row('  mention -> finished answer', alone.answer, ownCall),
      row(`${load.questions} in ${load.seconds} s, ${load.channels} channels: acknowledged`, load.ack, none),
      row('  mention -> first sign', load.sign, ownCall),
      row('  mention -> finished answer', load.answer, ownCall),
    ]),
    '',
    `Answered once: ${load.answeredOnce} of ${load.questions}; in order within a thread: ${load.inOrder ? 'yes' : 'NO'}; 429s: ${load.refused429}.`,
    `Drained in ${(load.drainMs / 1000).toFixed(1)} s; the least that the limits allow is ${(load.leastMs / 1000).toFixed(1)} s: ${load.ratio.toFixed(2)} x.`,
  ].join('\n');
}

async function measureOwnCall({ fake }: BenchBot): Promise<Quantiles> {
  const times: number[] = [];
  for (let i = 0; i < 50; i++) {
    const begun = performance.now();
    const headers = { authorization: `Bearer ${fake.botToken}` };
    await (await fetch(`${fake.apiUrl}auth.test`, { method: 'POST', headers })).text();
    times.push(performance.now() - begun);
  }
  return quantiles(times.slice(WARM_UP));
}

async function askAlone(bot: BenchBot): Promise<Seen[]> {
  const asked: Asked[] = [];
  for (let i = 0; i < ALONE; i++) {
    const channel = CHANNELS[i % CHANNELS.length] as string;
    const { ts } = say(bot, i, channel);
    const [one] = [{ channel, threadTs: ts, ts }];
    await bot.fake.when(() => watch(bot.fake, [one])[0]?.answerMs !== undefined);
    await bot.respond.idle();
    asked.push(one);
    // Each finds the minute's budget as one question alone would.
    bot.fake.clock.advance(MINUTE_MS);
  }
  return watch(bot.fake, asked);
}

/** Ten in each channel, evenly: five begin threads, five go on in the first of them. */
async function askMany(bot: BenchBot): Promise<Asked[]> {
  const asked: Asked[] = [];
  const first = new Map<string, string>();
  const begun = performance.now();
  for (let i = 0; i < LOAD; i++) {
    await sleep(Math.max(0, begun + (i * LOAD_MS) / LOAD - performance.now()));
    const channel = CHANNELS[i % CHANNELS.length] as string;
    const isReply = Math.floor(i / CHANNELS.length) % 2 === 1;
    const thread = isReply ? first.get(channel) : undefined;
    const { ts } = say(bot, i, channel, thread);
    if (!first.has(channel)) first.set(channel, ts);
    asked.push({ channel, threadTs: thread ?? ts, ts });
  }
  return asked;
}

function say({ fake }: BenchBot, i: number, channel: string, thread?: string) {
  const person = fake.user(PEOPLE[i % PEOPLE.length] as string);
  return person.says(channel, `<@${fake.botUserId}> ${questionOn(i, CHANNELS.length)}`, thread ? { thread } : {});
}

const refusals = ({ fake }: BenchBot) => fake.calls().filter(({ status }) => status === 429).length;

function isInOrder(asked: readonly Asked[], seen: readonly Seen[]): boolean {
  const last = new Map<string, number>();
  return asked.every(({ channel, threadTs }, i) => {
    const key = `${channel} ${threadTs}`;
    const answerMs = seen[i]?.answerMs ?? Number.NaN;
    const isAfter = answerMs >= (last.get(key) ?? 0);
    last.set(key, answerMs);
    return isAfter;
  });
}

function waits(seen: readonly Seen[]) {
  const of = (read: (one: Seen) => number | undefined) =>
    quantiles(seen.flatMap((one) => (read(one) === undefined ? [] : [(read(one) as number) - one.askedMs])));
  return { ack: of((one) => one.ackMs), sign: of((one) => one.signMs), answer: of((one) => one.answerMs) };
}
