import type { FakeSlack } from '../../../../test/fakes/slack/FakeSlack.ts';
import { startFakeSlack } from '../../../../test/fakes/slack/startFakeSlack.ts';
import { realTiming } from '../../../base/Timing.ts';
import { createRespond, type Respond } from '../../../bots/respond.ts';
import { createSlack } from '../../../bots/slack/createSlack.ts';
import { settleTalk, takeInTalk } from '../benchTalk.ts';
import { openBenchApp } from '../openBenchApp.ts';

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
  const fake = await startFakeSlack();
  for (const id of PEOPLE) fake.addUser(id);
  for (const id of CHANNELS) fake.addChannel(id, PEOPLE);
  const { app, close } = await openBenchApp();
  const space = { id: `slack:${fake.teamId}`, platform: 'slack', name: fake.domain } as const;
  await takeInTalk(app, space, CHANNELS, PEOPLE[0] as string);
  await settleTalk(app);
  const { store, feedback, config, log } = app;
  const slack = createSlack({
    forgetMe: async () => {},
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
      await close();
    },
  };
}
