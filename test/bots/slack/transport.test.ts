import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answered, isFinished, mention } from './helpers.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

let bot: SlackBot;
const start = async (options?: Parameters<typeof startSlackBot>[0]) => {
  bot = await startSlackBot(options);
  await bot.connect();
};
afterEach(() => bot.stop());

const ask = (text = 'when?') => bot.fake.user('U1').says('C1', mention(bot, text));
const questions = () => bot.scripted.requests.map(({ question }) => question);
const mentions = () => bot.fake.events.sent.filter(({ type }) => type === 'app_mention');

describe('events', () => {
  it('are stored before they are acknowledged, and worked on once when they come again', async () => {
    await start();
    const { ts } = ask();
    await answered(bot, 'C1', ts);
    bot.fake.events.redeliver(mentions()[0]?.eventId ?? '');
    bot.fake.events.redeliver(mentions()[0]?.eventId ?? '', 2);
    const other = ask('and then?');
    await answered(bot, 'C1', other.ts);
    expect(questions()).toEqual(['when?', 'and then?']);
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });

  it('are known again after a restart', async () => {
    await start();
    const { ts } = ask();
    await answered(bot, 'C1', ts);
    await bot.halt();
    const before = bot;
    await start({ fake: before.fake, store: before.opened });
    bot.fake.events.redeliver(mentions()[0]?.eventId ?? '');
    const other = ask('and then?');
    await answered(bot, 'C1', other.ts);
    expect(questions()).toEqual(['and then?']);
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });

  it('of an unknown kind, and broken ones, harm nothing', async () => {
    await start();
    bot.fake.events.emit({ type: 'never_heard_of', anything: [1, 2, 3] });
    bot.fake.events.emit({ type: 'app_mention' });
    bot.fake.events.emit({ type: 'message', channel: 7, ts: {}, user: null }, 'C1');
    bot.fake.events.emit({ type: 'reaction_added', item: null });
    bot.fake.events.emit({ type: 'message', subtype: 'message_changed', message: null, channel: 'C1' }, 'C1');
    bot.fake.sockets.say('no JSON');
    bot.fake.sockets.say('null');
    bot.fake.sockets.say('{"type":"events_api","envelope_id":"e1","payload":{}}');
    bot.fake.sockets.say('{"type":"interactive","envelope_id":"e2","payload":null}');
    const { ts } = ask();
    await answered(bot, 'C1', ts);
    expect(questions()).toEqual(['when?']);
  });
});

describe('Socket Mode', () => {
  it('moves to another connection when Slack asks for it, and goes on', async () => {
    await start();
    bot.fake.sockets.refresh();
    await bot.fake.when(() => bot.fake.sockets.opened >= 2);
    const { ts } = ask();
    await answered(bot, 'C1', ts);
  });

  it('comes back after its connection broke, and misses nothing that was sent meanwhile', async () => {
    await start();
    bot.fake.sockets.cut();
    const { ts } = ask();
    await bot.fake.when(() => bot.fake.sockets.opened >= 2);
    bot.fake.clock.advance(61_000);
    await answered(bot, 'C1', ts);
    expect(questions()).toEqual(['when?']);
  });

  it('tries again when Slack cannot be reached, and ends with what to do when it refuses the token', async () => {
    bot = await startSlackBot();
    bot.fake.fail({ kind: 'status', status: 503 }, { method: 'apps.connections.open', times: 1 });
    await bot.connect();
    expect(bot.slack.state()).toMatchObject({ mode: 'socket', isConnected: true });
    await bot.halt();
    const before = bot;
    before.fake.setToken('app', 'revoked');
    bot = await startSlackBot({ fake: before.fake, store: before.opened });
    await expect(bot.connect()).rejects.toThrow(/set SLACK_APP_TOKEN/);
    expect(bot.slack.state()).toMatchObject({
      isConnected: false,
      problem: expect.stringContaining('SLACK_APP_TOKEN'),
    });
  });

  it('is closed when it stops', async () => {
    await start();
    await bot.halt();
    await bot.fake.when(() => bot.fake.sockets.count === 0);
  });
});

describe('HTTP', () => {
  const event = { type: 'event_callback', event_id: 'Ev1', event: { type: 'never_heard_of' } };
  const url = () => bot.slack.state().url ?? '';

  /** Whatever it is, with a good signature. */
  async function sendSigned(body: string) {
    const timestamp = Math.floor(bot.fake.clock.now() / 1000);
    const hmac = createHmac('sha256', bot.fake.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': `${timestamp}`, 'x-slack-signature': `v0=${hmac}` };
    return (await fetch(url(), { method: 'POST', body, headers })).status;
  }

  it('answers what Slack signs: events, commands, buttons, and the check of the address', async () => {
    await start({ http: true });
    await bot.fake.http.verifyUrl();
    const said = ask();
    const post = await answered(bot, 'C1', said.ts);
    expect(await bot.fake.user('U1').clicks({ channel: 'C1', ts: post.ts }, 'positive_button')).toMatchObject({
      isAcked: true,
    });
    expect(await bot.fake.user('U1').runs('/backscroll', 'help', 'C1')).toMatchObject({ isAcked: true });
    expect(bot.slack.state()).toMatchObject({ mode: 'http', isConnected: true });
  });

  it('refuses a wrong signature, a stale one and one from the future, and takes nothing of them in', async () => {
    await start({ http: true });
    const nowS = Math.floor(bot.fake.clock.now() / 1000);
    expect((await bot.fake.http.request(event)).status).toBe(200);
    expect((await bot.fake.http.request(event, { secret: 'another' })).status).toBe(401);
    expect((await bot.fake.http.request(event, { signature: 'v0=00' })).status).toBe(401);
    expect((await bot.fake.http.request(event, { signature: 'none' })).status).toBe(401);
    expect((await bot.fake.http.request(event, { timestampS: nowS - 301 })).status).toBe(401);
    expect((await bot.fake.http.request(event, { timestampS: nowS + 400 })).status).toBe(401);
    const bare = await fetch(url(), { method: 'POST', body: JSON.stringify(event) });
    expect(bare.status).toBe(401);
  });

  it('refuses what is too large, what is no JSON, and every other address', async () => {
    await start({ http: true });
    expect((await bot.fake.http.request({ ...event, more: 'x'.repeat(1_100_000) })).status).toBe(413);
    expect(await sendSigned('{"type":')).toBe(400);
    expect(await sendSigned('null')).toBe(400);
    expect((await fetch(url())).status).toBe(405);
    expect((await fetch(new URL('/', url()))).status).toBe(404);
    expect((await fetch(new URL('/api/about', url()))).status).toBe(404);
  });

  it('knows an event again that Slack sends again', async () => {
    await start({ http: true });
    const { ts } = ask();
    await answered(bot, 'C1', ts);
    bot.fake.events.redeliver(mentions()[0]?.eventId ?? '');
    const other = ask('and then?');
    await answered(bot, 'C1', other.ts);
    expect(questions()).toEqual(['when?', 'and then?']);
  });

  it('says which port it could not have', async () => {
    await start({ http: true });
    const { port } = new URL(url());
    const taken = await startSlackBot({ fake: bot.fake, http: true });
    const { createHttpReceiver } = await import('../../../src/bots/slack/intake/createHttpReceiver.ts');
    const { createSlackLog } = await import('../../../src/platforms/slack/api/slackLog.ts');
    const { createLog } = await import('../../../src/base/log.ts');
    const log = createLog('silent');
    const second = createHttpReceiver({
      ...{ signingSecret: 's', host: '127.0.0.1', port: Number(port), log, now: Date.now },
      logger: createSlackLog(log),
    });
    await expect(second.start()).rejects.toThrow(/slack\.http\.port/);
    await taken.halt();
    await taken.opened.close();
  });
});

describe('one thread’s questions', () => {
  it('are answered in order, those of others beside them', async () => {
    await start();
    bot.scripted.hold();
    const first = ask('one?');
    bot.fake.user('U2').says('C1', mention(bot, 'two?'), { thread: first.ts });
    const other = bot.fake.user('U2').says('C2', mention(bot, 'other?'));
    await vi.waitFor(() => expect(questions()).toHaveLength(2));
    expect(questions()).toEqual(expect.arrayContaining(['one?', 'other?']));
    bot.scripted.step(20);
    await answered(bot, 'C2', other.ts);
    await answered(bot, 'C1', first.ts, 2);
    expect(bot.answers('C1', first.ts).every(isFinished)).toBe(true);
  });
});
