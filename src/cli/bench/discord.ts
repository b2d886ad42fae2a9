import { setTimeout as sleep } from 'node:timers/promises';
import { table } from '../print/table.ts';
import { questionOn } from './benchTalk.ts';
import { type BenchBot, startBenchBot } from './discord/startBenchBot.ts';
import { type Asked, hasAnswer, type Seen, watch } from './discord/watch.ts';
import { type Quantiles, quantileRow, quantiles } from './quantiles.ts';

const ALONE = 60;
const WARM_UP = 3;
const LOAD = 200;
const LOAD_MS = 10_000;
const REST_MS = 10_000;
/** What Discord allows from an interaction to its acknowledgement. */
const DEFER_MS = 3_000;

export interface DiscordBenchResult {
  /** What one call takes by itself: it is in each of the others at least once. */
  readonly ownCall: Quantiles;
  readonly alone: { readonly questions: number; readonly defer: Quantiles; readonly answer: Quantiles };
  readonly load: {
    readonly questions: number;
    readonly seconds: number;
    readonly servers: number;
    readonly channels: number;
    readonly deferredInTime: number;
    readonly answeredOnce: number;
    readonly refused429: number;
    readonly defer: Quantiles;
    readonly answer: Quantiles;
    readonly drainMs: number;
  };
}

/**
 * How long people wait in Discord: the whole bot without a model, in two servers, against a Discord on this machine that
 * enforces every limit. First one command at a time, then many at once.
 */
export async function benchDiscord(report: (sentence: string) => void = () => {}): Promise<DiscordBenchResult> {
  const bot = await startBenchBot();
  try {
    const ownCall = await measureOwnCall(bot);
    report(`${ALONE} commands, one at a time`);
    const alone = (await askAlone(bot)).slice(WARM_UP);
    report(`${LOAD} commands in ${LOAD_MS / 1000} s over ${bot.channels.length} channels of two servers`);
    const before = refusals(bot);
    const asked = await askMany(bot);
    await bot.fake.when(() => asked.every(hasAnswer));
    await bot.respond.idle();
    const seen = watch(bot.fake, asked);
    const begunMs = Math.min(...seen.map(({ askedMs }) => askedMs));
    return {
      ownCall,
      alone: { questions: alone.length, ...waits(alone) },
      load: {
        ...{ questions: LOAD, seconds: LOAD_MS / 1000, servers: 2, channels: bot.channels.length },
        deferredInTime: seen.filter(({ askedMs, deferMs }) => (deferMs ?? Number.NaN) - askedMs <= DEFER_MS).length,
        answeredOnce: seen.filter(({ answers }) => answers === 1).length,
        refused429: refusals(bot) - before,
        ...waits(seen),
        drainMs: Math.max(...seen.map(({ answerMs }) => answerMs ?? Number.POSITIVE_INFINITY)) - begunMs,
      },
    };
  } finally {
    await bot.stop();
  }
}

export function formatDiscordTable({ ownCall, alone, load }: DiscordBenchResult): string {
  const none = { p50Ms: 0, p95Ms: 0 };
  return [
    table([
      ['ms', 'p50', 'p95', 'p50 over the server’s own'],
      quantileRow('a call to this Discord by itself', ownCall, none),
      quantileRow(`one at a time (${alone.questions}): interaction -> deferred`, alone.defer, ownCall),
      quantileRow('  interaction -> finished answer', alone.answer, ownCall),
      quantileRow(
        `${load.questions} in ${load.seconds} s, ${load.channels} channels: -> deferred`,
        load.defer,
        ownCall,
      ),
      quantileRow('  interaction -> finished answer', load.answer, ownCall),
    ]),
    '',
    `Deferred within 3 s: ${load.deferredInTime} of ${load.questions}; answered once: ${load.answeredOnce}; 429s: ${load.refused429}.`,
    `Drained in ${(load.drainMs / 1000).toFixed(1)} s, ${load.seconds} s of which were asking.`,
  ].join('\n');
}

async function measureOwnCall({ fake }: BenchBot): Promise<Quantiles> {
  const times: number[] = [];
  for (let i = 0; i < 40; i++) {
    const begun = performance.now();
    await (await fetch(`${fake.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${fake.token}` } })).text();
    times.push(performance.now() - begun);
  }
  return quantiles(times.slice(WARM_UP));
}

async function askAlone(bot: BenchBot): Promise<Seen[]> {
  const asked: Asked[] = [];
  for (let i = 0; i < ALONE; i++) {
    const one = ask(bot, i);
    await bot.fake.when(() => hasAnswer(one));
    await bot.respond.idle();
    asked.push(one);
    // Each finds full buckets, as one question alone would.
    bot.fake.clock.advance(REST_MS);
  }
  return watch(bot.fake, asked);
}

async function askMany(bot: BenchBot): Promise<Asked[]> {
  const asked: Asked[] = [];
  const begun = performance.now();
  for (let i = 0; i < LOAD; i++) {
    await sleep(Math.max(0, begun + (i * LOAD_MS) / LOAD - performance.now()));
    asked.push(ask(bot, i));
  }
  return asked;
}

function ask({ fake, people, channels }: BenchBot, i: number): Asked {
  const person = fake.user(people[i % people.length] as string);
  const channel = channels[i % channels.length] as string;
  // Both servers have the same teams.
  return person.runs('ask', { question: questionOn(Math.floor(i / 2), channels.length / 2) }, channel);
}

const refusals = ({ fake }: BenchBot) => fake.calls().filter(({ status }) => status === 429).length;

function waits(seen: readonly Seen[]) {
  const of = (read: (one: Seen) => number | undefined) =>
    quantiles(seen.flatMap((one) => (read(one) === undefined ? [] : [(read(one) as number) - one.askedMs])));
  return { defer: of((one) => one.deferMs), answer: of((one) => one.answerMs) };
}
