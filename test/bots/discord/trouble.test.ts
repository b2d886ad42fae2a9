import { afterEach, describe, expect, it } from 'vitest';
import type { FakeDiscordOptions } from '../../fakes/discord/FakeDiscord.ts';
import { answered, isFinished, mention, shown, until } from './helpers.ts';
import { type DiscordBot, startDiscordBot } from './startDiscordBot.ts';

let bot: DiscordBot;
const start = async (discord: FakeDiscordOptions = {}) => {
  bot = await startDiscordBot({ discord });
  await bot.connect();
  bot.says('At nine.');
};
afterEach(() => bot.stop());

const say = (text = 'when?') => bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, text));
const posts = () => bot.ofBot(bot.office.ops);
const POST = 'POST /channels/:channel/messages';
const PATCH = 'PATCH /channels/:channel/messages/:message';
const ORIGINAL = 'PATCH /webhooks/:webhook/:token/messages/:message';
const CALLBACK = 'POST /interactions/:interaction/:token/callback';

async function expectOne() {
  await bot.fake.when(() => posts().some(isFinished));
  await bot.respond.idle();
  expect(posts()).toHaveLength(1);
  expect(posts()[0]?.content).toContain('At nine.');
}

describe('where Discord fails', () => {
  it('a storm of 5xx delays an answer, and neither loses nor doubles it', async () => {
    await start();
    for (const route of [POST, PATCH]) {
      bot.fake.fail({ kind: 'status', status: 503 }, { route, times: 2 });
      bot.fake.fail({ kind: 'status', status: 502, accepted: true }, { route });
    }
    say();
    await expectOne();
  });

  it('so does a storm of 429, without more of them than Discord made', async () => {
    await start();
    for (const route of [POST, PATCH]) bot.fake.fail({ kind: 'ratelimited', retryAfterS: 0.3 }, { route, times: 3 });
    say();
    await expectOne();
  });

  it('an answer of Discord’s that is no JSON is looked up, not posted again', async () => {
    await start();
    bot.fake.fail({ kind: 'garbage', accepted: true }, { route: POST });
    say();
    await expectOne();
  });

  it('a broken connection in the middle of a post leaves one post', async () => {
    await start();
    bot.fake.fail({ kind: 'cut', accepted: true }, { route: POST });
    say();
    await expectOne();
  });

  it('an acknowledgement that got lost is asked for again', async () => {
    await start();
    bot.fake.fail({ kind: 'status', status: 502, accepted: true }, { route: CALLBACK });
    bot.asks('when?');
    await expectOne();
  });

  it('a gateway that keeps breaking off loses nothing that was said meanwhile', async () => {
    await start();
    for (const text of ['one?', 'two?', 'three?']) {
      bot.fake.gateway.drop();
      say(text);
      await bot.fake.when(() => bot.fake.gateway.count === 1);
    }
    await answered(bot, bot.office.ops, 3);
    await bot.respond.idle();
    expect(bot.scripted.requests.map(({ question }) => question).sort()).toEqual(['one?', 'three?', 'two?']);
    expect(bot.fake.gateway.identified).toBe(1);
  });

  it('a request to connect again, and a session declared invalid, are followed', async () => {
    await start();
    bot.fake.gateway.reconnect();
    await bot.fake.when(() => bot.fake.gateway.resumed === 1);
    bot.fake.gateway.invalidate(false);
    await bot.fake.when(() => bot.fake.gateway.identified === 2);
    say();
    await expectOne();
  });

  it.each([
    '{"op":0,"t":"MESSAGE_CREATE","s":900,"d":null}',
    '{"op":0,"t":"GUILD_CREATE","s":901,"d":{"id":7}}',
    '{"op":0,"t":"CHANNEL_UPDATE","s":902,"d":{"id":"1","guild_id":"2"}}',
    '{"op":0,"t":"INTERACTION_CREATE","s":903,"d":{"type":2}}',
    '{"op":0,"t":"MESSAGE_REACTION_ADD","s":904,"d":{"emoji":{}}}',
    '{"op":9}',
    '[1,2',
    '{"op":"x"}',
  ])('an event that is none is left out: %s', async (raw) => {
    await start();
    bot.fake.gateway.say(raw);
    if (raw === '{"op":9}') await bot.fake.when(() => bot.fake.gateway.identified === 2);
    say();
    await expectOne();
  });
});

describe('where the place is gone', () => {
  it('nobody may write: the asker is told directly', async () => {
    await start();
    bot.fake.fail({ kind: 'error', status: 403, code: 50013 }, { route: POST });
    say();
    const dm = bot.fake.dm(bot.office.mara);
    await bot.fake.when(() => bot.ofBot(dm).length > 0);
    expect(bot.ofBot(dm)[0]?.content).toContain(`<#${bot.office.ops}>`);
    await bot.respond.idle();
    expect(bot.ofBot(dm)).toHaveLength(1);
  });

  it('the channel is deleted in the middle: the asker is told directly', async () => {
    await start();
    bot.scripted.hold();
    say();
    await bot.fake.when(() => posts().length === 1);
    bot.fake.deleteChannel(bot.office.ops);
    bot.scripted.step(9);
    const dm = bot.fake.dm(bot.office.mara);
    await bot.fake.when(() => bot.ofBot(dm).length > 0);
    await bot.respond.idle();
  });

  it('the sign is deleted in the middle: the answer is posted anew', async () => {
    await start();
    bot.scripted.hold();
    say();
    await bot.fake.when(() => posts().length === 1);
    const [sign] = posts();
    if (sign) bot.fake.channel(bot.office.ops).messages.delete(sign.id);
    bot.scripted.step(9);
    await expectOne();
  });

  it('a thread that was archived meanwhile gets its answer', async () => {
    await start();
    const thread = bot.fake.user(bot.office.mara).opensThread(bot.office.ops, 'E42');
    bot.scripted.hold();
    bot.fake.user(bot.office.mara).says(thread, mention(bot, 'when?'));
    await bot.fake.when(() => bot.ofBot(thread).length === 1);
    bot.fake.user(bot.office.mara).archives(thread);
    bot.scripted.step(9);
    const dm = bot.fake.dm(bot.office.mara);
    await bot.fake.when(() => bot.ofBot(thread).some(isFinished) || bot.ofBot(dm).length > 0);
  });

  it('an interaction that Discord does not know is answered in the channel', async () => {
    await start();
    bot.fake.fail({ kind: 'error', status: 404, code: 10062 }, { route: CALLBACK });
    bot.asks('when?');
    await expectOne();
    expect(posts()[0]?.content).toContain('when?');
  });

  it('a token that expires in the middle is not the end: the answer stands in the same message', async () => {
    await start();
    bot.scripted.hold();
    const asked = bot.asks('when?');
    await asked.answered;
    await until(() => bot.scripted.requests.length === 1);
    bot.fake.clock.advance(16 * 60_000);
    bot.scripted.step(9);
    await bot.fake.when(() => posts().some(isFinished));
    await bot.respond.idle();
    expect(posts().filter(isFinished)).toHaveLength(1);
  });

  it('an interaction’s answer that Discord will not show is shown plainly', async () => {
    await start();
    bot.says('At nine.', { citations: [{ n: 1, passageId: 1, title: 't', url: 'https://x.example/', quote: 'q' }] });
    bot.fake.fail({ kind: 'error', status: 400, code: 50035 }, { route: ORIGINAL });
    const asked = bot.asks('when?');
    await bot.fake.when(() => isFinished(asked.reply()));
    expect(shown(asked.reply())).toContain('https://x.example/');
  });
});

describe('what is asked', () => {
  it('with 6,000 characters gets a word', async () => {
    await start();
    bot.scripted.says({ pieces: ['Please shorten it.'], status: 'failed' });
    bot.asks('x'.repeat(6_000));
    const post = await answered(bot, bot.office.ops);
    expect(post.content).toMatch(/Please shorten it\.[\s\S]*Trace `[0-9a-f-]{36}`/);
    expect(shown(post)).not.toContain('vote:');
  });
});

describe('without rights', () => {
  it('a bad token becomes a sentence for the operator, and nothing more is tried', async () => {
    bot = await startDiscordBot();
    bot.fake.setToken('bad');
    await expect(bot.discord.start()).rejects.toThrow(/DISCORD_TOKEN/);
    expect(bot.discord.state()).toMatchObject({
      isConnected: false,
      problem: expect.stringContaining('DISCORD_TOKEN'),
    });
    expect(bot.fake.calls()).toHaveLength(1);
  });

  it('a token that is taken back while it runs, too', async () => {
    await start();
    bot.fake.setToken('bad');
    bot.fake.gateway.close(4004);
    await bot.fake.when(() => bot.discord.state().problem !== undefined || bot.fake.gateway.count === 0);
    say();
    await expect.poll(() => bot.discord.state().problem).toContain('DISCORD_TOKEN');
    expect(bot.fake.invalidRequests()).toBeLessThan(5);
  });

  it('without the content of messages it answers all the same, and says what is missing', async () => {
    await start({ privileged: [] });
    expect(bot.discord.state().limits).toContain('Message Content Intent');
    say();
    await expectOne();
  });

  it('an intent that is taken back while it runs is done without', async () => {
    await start();
    bot.fake.setPrivileged([]);
    bot.fake.gateway.forget();
    bot.fake.gateway.close(4014);
    await bot.fake.when(() => bot.fake.gateway.count === 1);
    await expect.poll(() => bot.discord.state().limits).toContain('Message Content Intent');
    say();
    await expectOne();
  });
});

describe('a server that others wrote', () => {
  it('knows no resuming, no deferring, and leaves much out: mentions are answered', async () => {
    await start({ sparse: true });
    say();
    await expectOne();
  });

  it.each(['refused', 'ignored'] as const)('/ask is answered once where deferring is %s', async (defer) => {
    await start({ sparse: { defer } as never });
    bot.asks('when?');
    await bot.fake.when(() => posts().some(isFinished));
    await bot.respond.idle();
    expect(posts().filter(isFinished)).toHaveLength(1);
  });

  it('knows few routes: what the gateway says is enough', async () => {
    bot = await startDiscordBot();
    const unknown = { kind: 'status', status: 404, body: '{"message":"404: Not Found","code":0}' } as const;
    const routes = ['/users/@me', '/applications/@me', '/guilds/:guild', '/guilds/:guild/members/:user'];
    for (const route of routes) bot.fake.fail(unknown, { route: `GET ${route}`, times: 99 });
    await bot.connect();
    bot.says('At nine.');
    say();
    await expectOne();
    const dm = bot.fake.dm(bot.office.tom);
    bot.fake.user(bot.office.tom).says(dm, 'and when?');
    await bot.fake.when(() => bot.ofBot(dm).some(isFinished));
  });

  it('drops the connection, and is connected to again', async () => {
    await start({ sparse: true });
    bot.fake.gateway.drop();
    await bot.fake.when(() => bot.fake.gateway.identified === 2);
    say();
    await expectOne();
  });
});
