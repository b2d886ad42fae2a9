import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../config/load.ts';
import type { FakeSlack } from '../../../../test/fakes/slack/FakeSlack.ts';
import { startFakeSlack } from '../../../../test/fakes/slack/startFakeSlack.ts';
import { createLog } from '../../../base/log.ts';
import { createRespond, type Respond } from '../../../bots/respond.ts';
import { createSlack } from '../../../bots/slack/createSlack.ts';
import { type App, createApp } from '../../../main.ts';
import { realTiming } from '../../../platforms/slack/api/Timing.ts';

export const CHANNELS = Array.from({ length: 20 }, (_, i) => `C${100 + i}`);
export const PEOPLE = ['U101', 'U102', 'U103', 'U104'];
const DAY_MS = 86_400_000;

export interface BenchBot {
  readonly fake: FakeSlack;
  readonly respond: Respond;
  stop(): Promise<void>;
}

/**
 * The whole bot without a model (answers are quotes, found by words and vectors) in a home of its own, connected by
 * Socket Mode to a Slack on this machine that enforces every limit. Time is that Slack's, so that a minute's budget can
 * be given back at once.
 */
export async function startBenchBot(): Promise<BenchBot> {
  const home = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  const fake = await startFakeSlack();
  for (const id of PEOPLE) fake.addUser(id);
  for (const id of CHANNELS) fake.addChannel(id, PEOPLE);
  const loaded = loadConfig(
    { BACKSCROLL_HOME: home, LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' },
    { cwd: process.cwd() },
  );
  const log = createLog(loaded.config.log.level);
  const app = await createApp({ loaded, databaseFile: join(home, 'bench.db'), log, now: Date.now });
  app.begin();
  await takeIn(app, fake);
  const { store, feedback, config } = app;
  const slack = createSlack({
    ...{ store, feedback, log },
    accept: (question) => respond.accept(question),
    suggestions: async () => [],
    tokens: { bot: fake.botToken, app: fake.appToken },
    apiUrl: fake.apiUrl,
    http: { host: '127.0.0.1', port: 0 },
    membershipFreshMs: DAY_MS,
    settings: { followUps: 'mention', threadMessages: 20, curators: [] },
    timing: { ...realTiming, now: fake.clock.now },
  });
  const respond: Respond = createRespond({
    ...{ inbox: store.inbox, outbox: store.outbox, answers: store.answers, ask: slack.guard(app.ask) },
    ...{ chats: [slack.chat], atOnce: config.answers.atOnce, keepTracesDays: 1, log, now: Date.now },
  });
  await slack.start();
  return {
    ...{ fake, respond },
    async stop() {
      await Promise.all([respond.stop(), slack.stop()]);
      await fake.stop();
      await app.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const TOPICS = ['VPN', 'deploy', 'payroll', 'backup', 'printer', 'badge', 'standup', 'release', 'invoice', 'laptop'];

/** Something to answer from: a small thread on each topic in each channel. */
async function takeIn({ ingest, indexer }: App, fake: FakeSlack) {
  const spaceId = `slack:${fake.teamId}` as const;
  await ingest.space({ id: spaceId, platform: 'slack', name: fake.domain }, []);
  for (const [c, key] of CHANNELS.entries()) {
    const source = await ingest.source({
      spaceId,
      kind: 'channel',
      key,
      name: `#${key}`,
      audience: { kind: 'everybody' },
    });
    const messages = TOPICS.flatMap((topic, t) =>
      [
        `How do I reset the ${topic} for team ${c}?`,
        `Open the ${topic} page of team ${c}, press reset and wait ${t + 2} minutes.`,
      ].map((text, n) => {
        const atUs = (1_700_000_000 + c * 1000 + t * 100 + n) * 1_000_000;
        const id = `${atUs / 1_000_000}.000000`;
        const root = `${1_700_000_000 + c * 1000 + t * 100}.000000`;
        return {
          ...{ id, atUs, text, threadId: root, files: [], confirmations: 0, contradictions: 0 },
          personId: 'U101',
        };
      }),
    );
    await ingest.messages(source, messages);
  }
  const { signal } = new AbortController();
  await ingest.settle({ signal });
  await indexer.idle({ signal });
}

export function questionOn(i: number): string {
  const topic = TOPICS[i % TOPICS.length];
  return `how do I reset the ${topic} for team ${i % CHANNELS.length}?`;
}
