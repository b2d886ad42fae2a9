import { createLog } from '../../../src/base/log.ts';
import { realTiming } from '../../../src/base/Timing.ts';
import { createDiscord, type DiscordDeps } from '../../../src/bots/discord/createDiscord.ts';
import { createRespond, type Respond } from '../../../src/bots/respond.ts';
import { createFeedback } from '../../../src/feedback/Feedback.ts';
import type { Answer } from '../../../src/knowledge/answer/Answer.ts';
import type { FakeDiscord, FakeDiscordOptions } from '../../fakes/discord/FakeDiscord.ts';
import type { Interaction } from '../../fakes/discord/State.ts';
import { startFakeDiscord } from '../../fakes/discord/startFakeDiscord.ts';
import { openTestStore, type TestStore } from '../../store/openTestStore.ts';
import { createScriptedAsk } from '../web/scriptedAsk.ts';

export interface DiscordBotOptions {
  readonly discord?: FakeDiscordOptions;
  readonly settings?: Partial<DiscordDeps['settings']>;
  readonly onMissed?: DiscordDeps['onMissed'];
  /** Of an earlier run that was killed. */
  readonly before?: DiscordBot;
}

/** The people and channels of a server: Mara, Tom, and a board that Tom does not see. */
export interface Office {
  readonly guild: string;
  readonly mara: string;
  readonly tom: string;
  readonly ops: string;
  readonly board: string;
  readonly boardRole: string;
}

/** The real bot, database and discord.js against the Discord of ours; only the answers are scripted. */
export async function startDiscordBot(options: DiscordBotOptions = {}) {
  const { before } = options;
  const fake: FakeDiscord = before?.fake ?? (await startFakeDiscord(options.discord));
  const opened: TestStore = before?.opened ?? (await openTestStore());
  const office: Office = before?.office ?? makeOffice(fake);
  const { store } = opened;
  const log = createLog(process.env.DISCORD_TEST_LOG ?? 'silent');
  const { now } = fake.clock;
  const scripted = createScriptedAsk();
  const feedback = createFeedback({ events: store.feedbackEvents, settings: store.settings, now });
  const discord = createDiscord({
    ...{ store, feedback, log, token: fake.token, apiUrl: fake.apiUrl },
    accept: (question) => respond.accept(question),
    forgetMe: (spaceId, personId) => store.optOuts.add({ spaceId, personId, scope: 'everything' }),
    settings: { threadMessages: 20, curators: [], messageContent: true, ...options.settings },
    timing: { ...realTiming, now },
    ...(options.onMissed ? { onMissed: options.onMissed } : {}),
  });
  const respond: Respond = createRespond({
    ...{ inbox: store.inbox, outbox: store.outbox, answers: store.answers, ask: discord.guard(scripted.ask) },
    ...{ chats: [discord.chat], atOnce: 4, keepTracesDays: 90, log, now },
  });

  return {
    ...{ fake, store, opened, discord, respond, scripted, feedback, office },
    async connect() {
      await Promise.all([discord.start(), respond.resume()]);
      await fake.when(() => fake.commands().length > 0);
    },
    says: (text: string, more: Partial<Answer> = {}) => scripted.says({ pieces: [text], ...more }),
    /** The bot's messages in a channel, as they are now. */
    ofBot: (channelId: string) => fake.messages(channelId).filter(({ authorId }) => authorId === fake.botUserId),
    asks: (text: string, more: Record<string, unknown> = {}, person = office.mara, channel = office.ops): Interaction =>
      fake.user(person).runs('ask', { question: text, ...more } as never, channel),
    /** Ends the process's part; the Discord and the database go on. */
    async halt() {
      await Promise.all([respond.stop(), discord.stop()]);
    },
    async stop() {
      await Promise.all([respond.stop(), discord.stop()]);
      await fake.stop();
      await opened.close();
    },
  };
}

export type DiscordBot = Awaited<ReturnType<typeof startDiscordBot>>;

function makeOffice(fake: FakeDiscord): Office {
  const mara = fake.addUser('mara');
  const tom = fake.addUser('tom');
  const guild = fake.addGuild('Acme', { members: [mara, tom] });
  const boardRole = fake.addRole(guild, 'board', [], [mara]);
  const ops = fake.addChannel(guild, 'ops');
  const board = fake.addChannel(guild, 'board');
  fake.makePrivate(board, [boardRole]);
  return { guild, mara, tom, ops, board, boardRole };
}
