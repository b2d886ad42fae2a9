import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import type { FakeDiscord, FakeDiscordOptions } from './FakeDiscord.ts';
import { ask } from './raw.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

describe('limits', () => {
  let discord: FakeDiscord;
  let ops: string;
  let launch: string;

  async function start(limits: FakeDiscordOptions['limits']): Promise<void> {
    discord = await startFakeDiscord({ clock: createClock({ running: false }), limits: limits ?? {} });
    const acme = discord.addGuild('Acme');
    ops = discord.addChannel(acme, 'ops');
    launch = discord.addChannel(acme, 'launch');
  }
  const post = (channel: string) => ask(discord, `POST /channels/${channel}/messages`, { content: 'x' });
  afterEach(() => discord.stop());

  it('tells what is left of a bucket, and refuses when nothing is', async () => {
    await start({});
    const { headers } = await post(ops);
    expect(['limit', 'remaining', 'reset-after'].map((name) => headers.get(`x-ratelimit-${name}`))).toEqual([
      ...['5', '4', '5.000'],
    ]);
    expect(Number(headers.get('x-ratelimit-reset'))).toBeCloseTo(discord.clock.now() / 1000 + 5, 2);
    for (let i = 0; i < 4; i += 1) await post(ops);
    discord.clock.advance(1000);
    const refused = await post(ops);
    expect([refused.status, refused.body]).toEqual([
      ...[429, { message: 'You are being rate limited.', retry_after: 4, global: false }],
    ]);
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    expect(refused.headers.get('x-ratelimit-bucket')).toBe(headers.get('x-ratelimit-bucket'));
    expect((await post(launch)).status).toBe(200);
    discord.clock.advance(4000);
    expect((await post(ops)).status).toBe(200);
    expect(discord.messages(ops)).toHaveLength(6);
  });

  it('allows 50 requests a second over all, interactions apart', async () => {
    await start({ globalPerSecond: 2, buckets: {} });
    await ask(discord, 'GET /users/@me');
    await ask(discord, 'GET /users/@me');
    const refused = await ask(discord, 'GET /users/@me');
    expect([refused.status, refused.body.global]).toEqual([429, true]);
    expect(refused.headers.get('x-ratelimit-global')).toBe('true');
    const callback = await ask(discord, 'POST /interactions/1/nothing/callback', { type: 5 }, '');
    expect(callback.body.code).toBe(10062);
    discord.clock.advance(1000);
    expect((await ask(discord, 'GET /users/@me')).status).toBe(200);
  });

  it('bans an address after too many 401, 403 and 429 in ten minutes', async () => {
    await start({ invalidPer10Minutes: 3 });
    discord.makePrivate(ops, [], { withoutBot: true });
    await ask(discord, 'GET /users/@me', undefined, 'wrong');
    await ask(discord, `GET /channels/${ops}`);
    await ask(discord, 'GET /channels/1');
    expect(discord.invalidRequests()).toBe(2);
    await ask(discord, `GET /channels/${ops}`);
    const banned = await ask(discord, 'GET /users/@me');
    expect([banned.status, banned.headers.get('content-type')]).toEqual([429, 'text/html']);
    discord.clock.advance(601_000);
    expect((await ask(discord, 'GET /users/@me')).status).toBe(200);
  });
});
