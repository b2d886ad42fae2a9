import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../src/base/log.ts';
import { checkSlack, neededScopes } from '../../../src/bots/slack/checkSlack.ts';
import { answered, mention } from './helpers.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

let bot: SlackBot;
beforeEach(async () => {
  bot = await startSlackBot({ slack: { scopes: [...neededScopes()] } });
});
afterEach(() => bot.stop());

const check = (more: Partial<Parameters<typeof checkSlack>[0]> = {}) =>
  checkSlack({
    ...{ botToken: bot.fake.botToken, appToken: bot.fake.appToken, signingSecret: undefined, apiUrl: bot.fake.apiUrl },
    ...{ settings: bot.store.settings, log: createLog('silent') },
    ...more,
  });
const wrong = async (more?: Parameters<typeof check>[0]) => (await check(more)).filter(({ ok }) => !ok);

describe('doctor on Slack', () => {
  it('finds nothing wrong where nothing is', async () => {
    await bot.connect();
    const { ts } = bot.fake.user('U1').says('C1', mention(bot, 'when?'));
    await answered(bot, 'C1', ts);
    const findings = await check({ state: bot.slack.state() });
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.map(({ check: name }) => name)).toEqual([
      ...['slack token', 'slack scopes', 'slack connection', 'slack subscriptions'],
    ]);
    expect(findings.at(-1)?.sentence).toMatch(/Events come; .* Never seen so far: message\.im/);
  });

  it('names the scopes that are missing', async () => {
    bot.fake.setScopes(neededScopes().filter((scope) => scope !== 'reactions:read'));
    expect((await wrong())[0]?.sentence).toMatch(/lacks reactions:read\..*slack-manifest/);
  });

  it('tells a revoked token from an app’s token that is none', async () => {
    bot.fake.setToken('bot', 'revoked');
    expect((await wrong())[0]?.sentence).toMatch(/set SLACK_BOT_TOKEN/);
    bot.fake.setToken('bot', 'good');
    bot.fake.setToken('app', 'revoked');
    expect((await wrong()).map(({ check: name }) => name)).toEqual(['slack connection']);
  });

  it('says what to set where something is not set', async () => {
    expect(await check({ botToken: undefined, appToken: undefined })).toMatchObject([{ ok: true }]);
    expect((await wrong({ botToken: undefined }))[0]?.sentence).toContain('set both');
    expect((await wrong({ appToken: undefined }))[0]?.sentence).toContain('SLACK_SIGNING_SECRET');
  });

  it('never shows a token', async () => {
    bot.fake.setToken('bot', 'revoked');
    expect(JSON.stringify(await check())).not.toContain('xox');
  });
});
