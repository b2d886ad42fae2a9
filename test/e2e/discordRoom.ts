import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isFinished } from '../bots/discord/helpers.ts';
import type { Spot } from '../fakes/discord/Person.ts';
import type { FakeMessage, Interaction } from '../fakes/discord/State.ts';
import { startFakeDiscord } from '../fakes/discord/startFakeDiscord.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../fakes/openai/startFakeOpenAi.ts';
import { createBackscroll, type Started } from './backscroll.ts';

const QUESTION = 'How does one reset the thermostat?';
export const ANSWER = 'two arrows';
const PAGE = `# Thermostat\n\nHow does one reset the thermostat? To reset the thermostat, press the ${ANSWER} until it beeps.\n`;

/** A server of ours with somebody who asks, a model, and a Backscroll process that may die at any moment. */
export async function startDiscordRoom() {
  const { folder, home: makeHome, start, run, clean } = createBackscroll();
  const discord = await startFakeDiscord();
  const model: FakeOpenAi = await startFakeOpenAi();
  const home = await makeHome();
  const ann = discord.addUser('ann');
  const bob = discord.addUser('bob');
  const guild = discord.addGuild('Acme', { members: [ann, bob] });
  const channel = discord.addChannel(guild, 'building');
  const dm = discord.dm(ann);
  let started: Started | undefined;

  const ofBot = (where: string) => discord.messages(where).filter(({ authorId }) => authorId === discord.botUserId);
  const posts = ({ channelId, id }: Spot) => ofBot(channelId).filter(({ replyTo }) => replyTo === id);

  /** @param withModel the answers are written by the model, which does what it is told */
  async function begin(withModel = false): Promise<void> {
    await beginAnyway(withModel);
    await discord.when(() => discord.gateway.count === 1);
  }

  /** Discord may or may not have us. */
  async function beginAnyway(withModel = false): Promise<Started> {
    const env = {
      ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
      ...(withModel ? { OPENAI_API_KEY: model.key, OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'fake-chat' } : {}),
    };
    started = await start({ home, env, args: ['--no-sample'] });
    return started;
  }

  function process(): Started {
    if (!started) throw new Error('Backscroll does not run.');
    return started;
  }

  async function gone(): Promise<void> {
    discord.mend();
    await discord.when(() => discord.gateway.count === 0);
    started = undefined;
  }

  return {
    ...{ discord, model, guild, channel, dm, ann, bob, begin, beginAnyway, posts, process, ofBot },
    /** Something to answer from, once the server is known. */
    async import() {
      const pages = join(await folder(), 'pages');
      await mkdir(pages);
      await writeFile(join(pages, 'thermostat.md'), PAGE);
      const ran = await run(['import', pages, '--space', 'Acme', '--json'], { home });
      if (ran.code !== 0) throw new Error(ran.stderr);
    },
    says(where: string): FakeMessage {
      const text = where === dm ? QUESTION : `<@${discord.botUserId}> ${QUESTION}`;
      return discord.user(ann).says(where, text);
    },
    asks(more: Record<string, boolean> = {}): Interaction {
      return discord.user(ann).runs('ask', { question: QUESTION, ...more }, channel);
    },
    async kill9() {
      await process().kill9();
      await gone();
    },
    async stop() {
      const code = await process().stop();
      await gone();
      return code;
    },
    async answered(question: Spot): Promise<FakeMessage> {
      await discord.when(() => posts(question).some(isFinished));
      return posts(question).find(isFinished) as FakeMessage;
    },
    run: (args: readonly string[]) => run(args, { home }),
    /** Looks into the database, past the process. */
    stored<T>(sql: string): T[] {
      const database = new DatabaseSync(join(home, 'backscroll.db'), { readOnly: true });
      try {
        return database
          .prepare(sql)
          .all()
          .map((row) => ({ ...row })) as T[];
      } finally {
        database.close();
      }
    },
    async clean() {
      await clean();
      await model.stop();
      await discord.stop();
    },
  };
}

export type DiscordRoom = Awaited<ReturnType<typeof startDiscordRoom>>;
