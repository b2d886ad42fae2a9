import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { isFinished as isFinishedInDiscord } from '../bots/discord/helpers.ts';
import { isFinished as isFinishedInSlack } from '../bots/slack/helpers.ts';
import { createBrowser } from '../bots/web/httpBrowser.ts';
import { startFakeDiscord } from '../fakes/discord/startFakeDiscord.ts';
import { startFakeSlack } from '../fakes/slack/startFakeSlack.ts';
import { createBackscroll } from './backscroll.ts';

const { home: makeHome, start, clean } = createBackscroll();
afterAll(clean);

const QUESTION = 'How does one reset the thermostat?';

describe('one vote given on each platform', () => {
  it('is, byte for byte, the same kind of record in the store', async () => {
    const home = await makeHome();
    const slack = await startFakeSlack();
    const discord = await startFakeDiscord();
    try {
      slack.addUser('U0ANN00001', { name: 'ann' });
      slack.addChannel('C0OPS00001', ['U0ANN00001'], { name: 'ops' });
      const ann = discord.addUser('ann');
      const ops = discord.addChannel(discord.addGuild('Acme', { members: [ann] }), 'ops');
      const started = await start({
        ...{ home, args: ['--no-sample'] },
        env: {
          ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
          ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
        },
      });
      await slack.when(() => slack.sockets.count === 1);
      await discord.when(() => discord.gateway.count === 1);

      const browser = createBrowser(started.url);
      await browser.open(started.link);
      const { threadId } = await browser.ask(QUESTION);
      const stream = await browser.follow(threadId);
      const { answer } = (await stream.until('finished')).at(-1)?.data ?? {};
      stream.end();
      const voted = await browser.put(`/api/answers/${answer.id}/vote`, { eventId: crypto.randomUUID(), value: 'up' });
      expect(voted.status).toBe(200);

      const inSlack = slack.user('U0ANN00001').says('C0OPS00001', `<@${slack.botUserId}> ${QUESTION}`);
      const slackAnswer = () => slack.thread('C0OPS00001', inSlack.ts).find((post) => isFinishedInSlack(post));
      await slack.when(() => slackAnswer() !== undefined);
      const post = { channel: 'C0OPS00001', ts: slackAnswer()?.ts ?? '' };
      expect(await slack.user('U0ANN00001').clicks(post, 'positive_button')).toMatchObject({ isAcked: true });

      const inDiscord = discord.user(ann).says(ops, `<@${discord.botUserId}> ${QUESTION}`);
      const discordAnswer = () =>
        discord.messages(ops).find((one) => one.replyTo === inDiscord.id && isFinishedInDiscord(one));
      await discord.when(() => discordAnswer() !== undefined);
      await discord.user(ann).presses({ channelId: ops, id: discordAnswer()?.id ?? '' }, 'vote:up:*').answered;
      expect(await started.stop()).toBe(0);
    } finally {
      await slack.stop();
      await discord.stop();
    }

    const database = new DatabaseSync(join(home, 'backscroll.db'), { readOnly: true });
    // All that a record says but who, when and about what; of those their kind and their length.
    const kinds = database
      .prepare(
        `SELECT q.platform, quote(f.kind) || quote(f.text) || typeof(f.event_id) || typeof(f.at_ms) || length(f.at_ms) ||
           typeof(f.voter) || length(f.voter) || length(f.answer_id) || f.answer_id GLOB '*-*-*-*-*' AS record
         FROM feedback_events f JOIN answers a ON a.id = f.answer_id JOIN questions q ON q.id = a.question_id ORDER BY 1`,
      )
      .all() as { platform: string; record: string }[];
    database.close();
    expect(kinds.map(({ platform }) => platform)).toEqual(['discord', 'slack', 'web']);
    expect(new Set(kinds.map(({ record }) => record)).size).toBe(1);
  });
});
