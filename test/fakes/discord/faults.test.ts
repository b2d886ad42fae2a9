import { type Client, Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { connect } from './connect.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { ask } from './raw.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

const posting = 'POST /channels/:channel/messages';

describe('what goes wrong', () => {
  let discord: FakeDiscord;
  let mara: string;
  let ops: string;
  const post = (nonce?: string) =>
    ask(discord, `POST /channels/${ops}/messages`, { content: 'x', ...(nonce ? { nonce, enforce_nonce: true } : {}) });

  beforeEach(async () => {
    discord = await startFakeDiscord({ limits: 'off', clock: createClock({ running: false }) });
    mara = discord.addUser('mara');
    ops = discord.addChannel(discord.addGuild('Acme', { members: [mara] }), 'ops');
  });
  afterEach(() => discord.stop());

  it('goes wrong on the route, after so many, as often as was planned', async () => {
    discord.fail({ kind: 'status', status: 503 }, { route: posting, after: 1, times: 2 });
    expect((await ask(discord, 'GET /users/@me')).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await post()).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(discord.calls(posting).map(({ isAccepted }) => isAccepted)).toEqual([true, false, false, true]);
    expect(discord.messages(ops)).toHaveLength(2);
  });

  it('loses the answer after the work was done', async () => {
    discord.fail({ kind: 'cut', accepted: true });
    await expect(post('n1')).rejects.toThrow();
    expect(discord.messages(ops)).toHaveLength(1);
    const { body } = await post('n1');
    expect(discord.messages(ops).map(({ id }) => id)).toEqual([body.id]);
  });

  it('answers garbage, errors, and 429 of every scope', async () => {
    discord.fail({ kind: 'garbage' });
    expect((await post()).body).toContain('<html>');
    discord.fail({ kind: 'error', status: 403, code: 20016, message: 'Slow down' });
    expect((await post()).body).toEqual({ message: 'Slow down', code: 20016 });
    for (const scope of ['user', 'shared', 'global'] as const) {
      discord.fail({ kind: 'ratelimited', retryAfterS: 1.5, scope });
      const { body, headers } = await post();
      expect([body.retry_after, body.global, headers.get('retry-after')]).toEqual([1.5, scope === 'global', '2']);
      expect(headers.get('x-ratelimit-scope')).toBe(scope);
    }
    // The shared one is nobody's fault.
    expect(discord.invalidRequests()).toBe(3);
    discord.fail({ kind: 'hang' }, { times: 99 });
    discord.mend();
    expect((await post()).status).toBe(200);
  });

  it('delays before or after the work, by its own clock', async () => {
    discord.fail({ kind: 'delay', ms: 5000 });
    const late = post();
    await discord.when(() => discord.calls(posting).length === 1);
    await new Promise(setImmediate);
    expect(discord.messages(ops)).toEqual([]);
    discord.clock.advance(5000);
    expect((await late).status).toBe(200);
    discord.fail({ kind: 'delay', ms: 5000, accepted: true });
    const slow = post();
    await discord.when(() => discord.messages(ops).length === 2);
    discord.clock.advance(5000);
    expect((await slow).status).toBe(200);
  });

  describe('to the real discord.js', () => {
    let client: Client<true>;
    beforeEach(async () => {
      client = await connect(discord);
    });
    afterEach(() => client.destroy());

    it('repeats a POST that met a 5xx, and doubles nothing with an enforced nonce', async () => {
      discord.fail({ kind: 'status', status: 502, accepted: true }, { route: posting, times: 2 });
      const channel = client.channels.cache.get(ops);
      if (!channel?.isSendable()) throw new Error('There is no channel.');
      const sent = await channel.send({ content: 'Once', nonce: 'n1', enforceNonce: true });
      expect(discord.messages(ops).map(({ id }) => id)).toEqual([sent.id]);
      expect(discord.calls(posting)).toHaveLength(3);
    });

    it('resumes after a dropped connection and after op 7, and misses nothing', async () => {
      const heard: string[] = [];
      client.on(Events.MessageCreate, ({ content }) => heard.push(content));
      discord.gateway.drop();
      discord.user(mara).says(ops, 'while away');
      await discord.when(() => discord.gateway.count === 1 && discord.gateway.resumed === 1);
      discord.gateway.reconnect();
      await discord.when(() => discord.gateway.resumed === 2);
      discord.user(mara).says(ops, 'back');
      while (heard.length < 2) await new Promise((go) => client.once('raw', () => setImmediate(go)));
      expect(heard).toEqual(['while away', 'back']);
      expect(discord.gateway.identified).toBe(1);
    });

    it('stays away from a gateway that says 4004 or 4014', async () => {
      const gone = new Promise<number>((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
      client.on(Events.ShardError, () => {});
      discord.gateway.close(4014, 'Disallowed intent(s).');
      expect(await gone).toBe(4014);
      discord.setToken('bad');
      await expect(client.users.fetch(mara, { force: true })).rejects.toThrow('401');
    });
  });
});
