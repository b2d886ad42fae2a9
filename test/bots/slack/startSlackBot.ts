import { createLog } from '../../../src/base/log.ts';
import { realTiming } from '../../../src/base/Timing.ts';
import { createRespond, type Respond } from '../../../src/bots/respond.ts';
import { createSlack, type SlackDeps } from '../../../src/bots/slack/createSlack.ts';
import { createFeedback } from '../../../src/feedback/Feedback.ts';
import type { Answer } from '../../../src/knowledge/answer/Answer.ts';
import type { FakeSlack, FakeSlackOptions } from '../../fakes/slack/FakeSlack.ts';
import { startFakeSlack } from '../../fakes/slack/startFakeSlack.ts';
import { openTestStore, type TestStore } from '../../store/openTestStore.ts';
import { createScriptedAsk } from '../web/scriptedAsk.ts';

export interface SlackBotOptions {
  readonly slack?: FakeSlackOptions;
  readonly settings?: Partial<SlackDeps['settings']>;
  readonly http?: boolean;
  readonly suggestions?: readonly string[];
  readonly membershipFreshMs?: number;
  readonly gaps?: NonNullable<SlackDeps['gaps']>;
  readonly troubles?: NonNullable<SlackDeps['troubles']>;
  /** Of an earlier run that was killed. */
  readonly store?: TestStore;
  readonly fake?: FakeSlack;
  /** The people and channels of the usual office are made without it. */
  readonly isBare?: boolean;
}

/** The real bot, database and libraries of Slack against the Slack of ours; only the answers are scripted. */
export async function startSlackBot(options: SlackBotOptions = {}) {
  const fake = options.fake ?? (await startFakeSlack(options.slack));
  const opened = options.store ?? (await openTestStore());
  const { store } = opened;
  if (!options.fake && !options.isBare) makeOffice(fake);
  const log = createLog(process.env.SLACK_TEST_LOG ?? 'silent');
  const { now } = fake.clock;
  const scripted = createScriptedAsk();
  const feedback = createFeedback({ events: store.feedbackEvents, settings: store.settings, now });
  const slack = createSlack({
    forgetMe: (spaceId, personId) => store.optOuts.add({ spaceId, personId, scope: 'everything' }),
    ...{ store, feedback, log },
    accept: (question) => respond.accept(question),
    suggestions: async () => options.suggestions ?? ['How do I set up the VPN?', 'Who is on call?'],
    ...(options.gaps ? { gaps: options.gaps } : {}),
    ...(options.troubles ? { troubles: options.troubles } : {}),
    tokens: {
      bot: fake.botToken,
      ...(options.http ? { signingSecret: fake.signingSecret } : { app: fake.appToken }),
    },
    apiUrl: fake.apiUrl,
    http: { host: '127.0.0.1', port: 0 },
    membershipFreshMs: options.membershipFreshMs ?? 900_000,
    settings: { followUps: 'mention', threadMessages: 20, curators: [], ...options.settings },
    timing: { ...realTiming, now },
  });
  const respond: Respond = createRespond({
    ...{ inbox: store.inbox, outbox: store.outbox, answers: store.answers, ask: slack.guard(scripted.ask) },
    ...{ chats: [slack.chat], atOnce: 4, keepTracesDays: 90, log, now },
  });

  return {
    ...{ fake, store, opened, slack, respond, scripted, feedback },
    async connect() {
      await slack.start();
      await respond.resume();
      const { url } = slack.state();
      if (options.http && url) fake.http.listenAt(url);
    },
    says: (text: string, more: Partial<Answer> = {}) => scripted.says({ pieces: [text], ...more }),
    /** The bot's messages in a thread, as they are now. */
    answers: (channel: string, threadTs: string) =>
      fake.thread(channel, threadTs).filter(({ user }) => user === fake.botUserId),
    /** Ends the process's part; the Slack and the database go on. */
    async halt() {
      await Promise.all([respond.stop(), slack.stop()]);
    },
    async stop() {
      await Promise.all([respond.stop(), slack.stop()]);
      await fake.stop();
      await opened.close();
    },
  };
}

export type SlackBot = Awaited<ReturnType<typeof startSlackBot>>;

/** Mara, Tom and a guest; two open channels and a closed one. */
function makeOffice(fake: FakeSlack): void {
  fake.addUser('U1', { name: 'mara', realName: 'Mara Lind' });
  fake.addUser('U2', { name: 'tom', realName: 'Tom Berg' });
  fake.addUser('U9', { name: 'gast', realName: 'Gil Ast', guest: 'multi-channel' });
  fake.addChannel('C1', ['U1', 'U2'], { name: 'ops' });
  fake.addChannel('C2', ['U1', 'U2', 'U9'], { name: 'launch' });
  fake.addChannel('C3', ['U1'], { name: 'board', kind: 'private' });
}
