import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isFinished } from '../bots/slack/helpers.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../fakes/openai/startFakeOpenAi.ts';
import type { FakeMessage } from '../fakes/slack/State.ts';
import { startFakeSlack } from '../fakes/slack/startFakeSlack.ts';
import type { Spot } from '../fakes/slack/userSide.ts';
import { createBackscroll, type Started } from './backscroll.ts';
import { PEOPLE, writeTeam } from './team.ts';

const QUESTION = 'How does one reset the thermostat?';
export const ANSWER = 'two arrows';
/** As the export names it, and Slack itself. */
export const CHANNEL = 'CBUILDING01';

/** A workspace of ours with somebody who asks, a model, and a Backscroll process that may die at any moment. */
export async function startSlackRoom() {
  const { folder, home: makeHome, start, run, clean } = createBackscroll();
  const slack = await startFakeSlack();
  const model: FakeOpenAi = await startFakeOpenAi();
  const home = await makeHome();
  for (const [name, id] of Object.entries(PEOPLE)) slack.addUser(id, { name });
  slack.addChannel(CHANNEL, [PEOPLE.ann, PEOPLE.bob], { name: 'building' });
  const dm = slack.dm(PEOPLE.ann);
  const exported = await writeTeam(await folder(), {
    teamId: slack.teamId,
    channels: {
      building: [
        { at: 0, user: PEOPLE.ann, text: QUESTION, thread: 0 },
        { at: 60, user: PEOPLE.bob, text: `To reset the thermostat, press the ${ANSWER} until it beeps.`, thread: 0 },
      ],
    },
  });
  let started: Started | undefined;

  const ofBot = (channel: string) => slack.messages(channel).filter(({ user }) => user === slack.botUserId);
  const posts = ({ channel, ts }: Spot) => ofBot(channel).filter(({ threadTs }) => threadTs === ts);

  /** @param withModel the answers are written by the model, which does what it is told */
  async function begin(withModel = false): Promise<void> {
    const env = {
      ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
      ...(withModel ? { OPENAI_API_KEY: model.key, OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'fake-chat' } : {}),
    };
    started = await start({ home, env, args: ['--no-sample'] });
    await slack.when(() => slack.sockets.count === 1);
  }

  function process(): Started {
    if (!started) throw new Error('Backscroll does not run.');
    return started;
  }

  async function gone(): Promise<void> {
    slack.mend();
    await slack.when(() => slack.sockets.count === 0);
    started = undefined;
  }

  return {
    ...{ slack, model, dm, begin, posts, process },
    /** All that there is of the bot in a channel. */
    ofBot,
    async import() {
      const ran = await run(['import', exported, '--space', 'acme', '--json'], { home });
      if (ran.code !== 0) throw new Error(ran.stderr);
    },
    asks(where: string): Spot {
      const text = where === dm ? QUESTION : `<@${slack.botUserId}> ${QUESTION}`;
      return slack.user(PEOPLE.ann).says(where, text);
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
    /** So much of Slack's time passes that it sends again what was not acknowledged. */
    sendsAgain() {
      for (const ms of [3_000, 60_000]) slack.clock.advance(ms);
    },
    async answered(question: Spot): Promise<FakeMessage> {
      await slack.when(() => posts(question).some(isFinished));
      return posts(question).find(isFinished) as FakeMessage;
    },
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
      await slack.stop();
    },
  };
}

export type SlackRoom = Awaited<ReturnType<typeof startSlackRoom>>;
