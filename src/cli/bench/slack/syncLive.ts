import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeSlack } from '../../../../test/fakes/slack/startFakeSlack.ts';
import { realTiming } from '../../../base/Timing.ts';
import { createSlack } from '../../../bots/slack/createSlack.ts';
import { openBenchHome } from './openBenchHome.ts';
import { fillWorkspace, sentence } from './syncWorkspace.ts';

const CHANNELS = 50;
const BEFORE = 5_000;
const PER_SECOND = 50;
const SECONDS = 60;
const ASKED_AT_REST = 30;

export interface LiveResult {
  readonly heard: number;
  readonly seconds: number;
  readonly channels: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly embedded: number;
  readonly memoryBeforeMb: number;
  readonly memoryHalfMb: number;
  readonly memoryAfterMb: number;
  readonly askRestP95Ms: number;
  readonly askLiveP95Ms: number;
}

/** A busy minute: the whole way from Slack's socket to the index, while questions are asked. */
export async function benchLive(report: (sentence: string) => void): Promise<LiveResult> {
  const fake = await startFakeSlack();
  const { channels } = fillWorkspace(fake, BEFORE, CHANNELS);
  const timing = { ...realTiming, now: fake.clock.now };
  const home = await openBenchHome(fake, timing);
  const { app, keeping, reach, log } = home;
  const { store, feedback } = app;
  const slack = createSlack({
    forgetMe: async () => {},
    ...{ store, feedback, log, timing, accept: async () => false, suggestions: async () => [] },
    tokens: { bot: fake.botToken, app: fake.appToken },
    ...{ apiUrl: fake.apiUrl, http: { host: '127.0.0.1', port: 0 }, membershipFreshMs: 86_400_000 },
    settings: { followUps: 'mention', threadMessages: 20, curators: [] },
    hearing: keeping.slack?.hearing,
  });
  reach.use(slack.side);
  const { signal } = new AbortController();
  try {
    await slack.start();
    report('  reading what was said before');
    await app.ingest.space({ id: `slack:${fake.teamId}`, platform: 'slack', name: fake.domain }, []);
    keeping.sync.listen();
    await keeping.sync.look();
    const ask = async (i: number) => {
      const begun = performance.now();
      const reader = { kind: 'everybody' as const, spaces: [`slack:${fake.teamId}`] };
      await app.ask({ question: sentence(i * 37), history: [], reader, signal, release: () => {} });
      return performance.now() - begun;
    };
    await speak(100);
    await keeping.sync.settler.done();
    const rest: number[] = [];
    for (let i = 0; i < ASKED_AT_REST; i++) rest.push(await ask(i));
    const embeddedBefore = home.written.passages;
    const memoryBeforeMb = residentMb();
    report('  saying and asking');
    const during: number[] = [];
    let isOver = false;
    const asking = (async () => {
      for (let i = 0; !isOver; i++) {
        during.push(await ask(i));
        await sleep(200);
      }
    })();
    let memoryHalfMb = 0;
    await speak(PER_SECOND * SECONDS, () => {
      memoryHalfMb = residentMb();
    });
    isOver = true;
    await asking;
    await keeping.slack?.hearing.idle();
    await keeping.sync.settler.done();
    const latency = keeping.sync.now.latencies.p95() ?? { p50Ms: Number.NaN, p95Ms: Number.NaN };
    return {
      ...{ heard: PER_SECOND * SECONDS, seconds: SECONDS, channels: CHANNELS },
      ...{ p50Ms: latency.p50Ms, p95Ms: latency.p95Ms, embedded: home.written.passages - embeddedBefore },
      ...{ memoryBeforeMb, memoryHalfMb, memoryAfterMb: residentMb() },
      ...{ askRestP95Ms: p95(rest), askLiveP95Ms: p95(during) },
    };
  } finally {
    await slack.stop();
    await home.stop();
    await fake.stop();
  }

  async function speak(count: number, halfWay?: () => void) {
    const begun = performance.now();
    for (let i = 0; i < count; i++) {
      await sleep(Math.max(0, begun + (i * 1000) / PER_SECOND - performance.now()));
      if (i === Math.floor(count / 2)) halfWay?.();
      fake.user(`U${100 + (i % 40)}`).says(channels[i % channels.length] as string, sentence(1_000_000 + i));
    }
  }
}

const residentMb = () => process.memoryUsage().rss / 1024 ** 2;

function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * 0.95)] ?? Number.NaN;
}
