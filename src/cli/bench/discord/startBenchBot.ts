import type { FakeDiscord } from '../../../../test/fakes/discord/FakeDiscord.ts';
import { startFakeDiscord } from '../../../../test/fakes/discord/startFakeDiscord.ts';
import { realTiming } from '../../../base/Timing.ts';
import { createDiscord } from '../../../bots/discord/createDiscord.ts';
import { createRespond, type Respond } from '../../../bots/respond.ts';
import { settleTalk, takeInTalk } from '../benchTalk.ts';
import { openBenchApp } from '../openBenchApp.ts';

const SERVERS = 2;
const CHANNELS_EACH = 10;
const PEOPLE = 4;

export interface BenchBot {
  readonly fake: FakeDiscord;
  readonly respond: Respond;
  /** Of both servers, in turn. */
  readonly channels: readonly string[];
  readonly people: readonly string[];
  stop(): Promise<void>;
}

/**
 * The whole bot without a model (answers are quotes, found by words and vectors), in two servers of a Discord on this
 * machine that enforces every limit. Time is that Discord's, so that buckets can be filled again at once.
 */
export async function startBenchBot(): Promise<BenchBot> {
  const fake = await startFakeDiscord();
  const people = Array.from({ length: PEOPLE }, (_, i) => fake.addUser(`person-${i}`));
  const { app, close } = await openBenchApp();
  const guilds: { id: string; channels: string[] }[] = [];
  for (let g = 0; g < SERVERS; g++) {
    const id = fake.addGuild(`Server ${g}`, { members: people });
    const channels = Array.from({ length: CHANNELS_EACH }, (_, c) => fake.addChannel(id, `team-${c}`));
    guilds.push({ id, channels });
    await takeInTalk(
      app,
      { id: `discord:${id}`, platform: 'discord', name: `Server ${g}` },
      channels,
      people[0] as string,
    );
  }
  await settleTalk(app);
  const { store, feedback, config, log } = app;
  const discord = createDiscord({
    forgetMe: async () => {},
    ...{ store, feedback, log, token: fake.token, apiUrl: fake.apiUrl, settings: config.discord },
    accept: (question) => respond.accept(question),
    timing: { ...realTiming, now: fake.clock.now },
  });
  const respond: Respond = createRespond({
    ...{ inbox: store.inbox, outbox: store.outbox, answers: store.answers, ask: discord.guard(app.ask) },
    ...{ chats: [discord.chat], atOnce: config.answers.atOnce, keepTracesDays: 1, log, now: fake.clock.now },
  });
  await discord.start();
  await fake.when(() => fake.commands().length > 0);
  const channels = Array.from({ length: CHANNELS_EACH }, (_, c) => guilds.map((guild) => guild.channels[c] as string));
  return {
    ...{ fake, respond, people, channels: channels.flat() },
    async stop() {
      await Promise.all([respond.stop(), discord.stop()]);
      await fake.stop();
      await close();
    },
  };
}
