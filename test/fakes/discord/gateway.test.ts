import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { bitsOf } from './intents.ts';
import { identified, openGateway } from './raw.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

const usual = bitsOf(['Guilds', 'GuildMessages', 'MessageContent']);

describe('the gateway', () => {
  let discord: FakeDiscord;
  let mara: string;
  let acme: string;
  let ops: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ clock: createClock({ running: false }), limits: { identifies: 5 } });
    mara = discord.addUser('mara');
    acme = discord.addGuild('Acme', { members: [mara] });
    ops = discord.addChannel(acme, 'ops');
  });
  afterEach(() => discord.stop());

  it('greets: HELLO, READY, a GUILD_CREATE for each server, an echo of each heartbeat', async () => {
    const gateway = await openGateway(discord);
    expect(gateway.heard[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 41_250 } });
    gateway.say(2, { token: discord.token, intents: usual, properties: {} });
    expect(await gateway.event('READY')).toMatchObject({
      ...{ v: 10, user: { id: discord.botUserId, bot: true }, application: { id: discord.appId } },
      guilds: [{ id: acme, unavailable: true }],
    });
    const guild = await gateway.event('GUILD_CREATE');
    expect(guild).toMatchObject({ id: acme, name: 'Acme', channels: [{ id: ops }], member_count: 3 });
    gateway.say(1, null);
    await gateway.hears(({ op }) => op === 11);
    expect(discord.gateway.heartbeats).toBe(1);
  });

  it.each([
    ['a wrong token', { token: 'wrong', intents: 1 }, 4004],
    ['intents that are none', { intents: 1 << 30 }, 4013],
    ['privileged intents that are switched off', { intents: bitsOf(['MessageContent']) }, 4014],
    ['a shard that cannot be', { intents: 1, shard: [2, 2] }, 4010],
  ])('closes on %s', async (_, d, code) => {
    discord.setPrivileged([]);
    const gateway = await openGateway(discord);
    gateway.say(2, { token: discord.token, properties: {}, ...d });
    expect((await gateway.closed).code).toBe(code);
  });

  it('closes on what it does not understand', async () => {
    const early = await openGateway(discord);
    early.say(8, { guild_id: acme });
    const twice = await identified(discord, usual);
    twice.say(2, { token: discord.token, intents: usual });
    const odd = await identified(discord, usual);
    odd.say(99, {});
    const codes = [early, twice, odd].map(async ({ closed }) => (await closed).code);
    expect(await Promise.all(codes)).toEqual([4003, 4005, 4001]);
    expect(discord.violations).toHaveLength(3);
  });

  it('replays what was missed to who resumes', async () => {
    const gateway = await identified(discord, usual);
    discord.user(mara).says(ops, 'one');
    await gateway.event('MESSAGE_CREATE');
    const { session_id } = await gateway.event('READY');
    const seq = gateway.heard.at(-1).s;
    discord.gateway.drop();
    await gateway.closed;
    discord.user(mara).says(ops, 'two');
    const again = await openGateway(discord);
    again.say(6, { token: discord.token, session_id, seq });
    await again.event('RESUMED');
    expect(again.heard.map(({ t, d }) => [t, d.content])).toEqual([
      [null, undefined],
      ['MESSAGE_CREATE', 'two'],
      ['RESUMED', undefined],
    ]);
    discord.user(mara).says(ops, 'three');
    await again.hears(({ d }) => d?.content === 'three');
  });

  it.each([
    ['it said goodbye', (session: string) => session, 1000],
    ['the session was forgotten', (session: string) => session, 4000],
    ['there never was one', () => 'nobody', 4000],
  ])('has nothing to resume when %s', async (why, sessionOf, code) => {
    const gateway = await identified(discord, usual);
    const { session_id } = await gateway.event('READY');
    gateway.close(code);
    await gateway.closed;
    await discord.when(() => discord.gateway.count === 0);
    if (why.includes('forgotten')) discord.gateway.forget();
    const again = await openGateway(discord);
    again.say(6, { token: discord.token, session_id: sessionOf(session_id), seq: 2 });
    expect(await again.hears(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it('asks to reconnect, and declares sessions invalid', async () => {
    const gateway = await identified(discord, usual);
    discord.gateway.reconnect();
    await gateway.hears(({ op }) => op === 7);
    discord.gateway.invalidate(true);
    await gateway.hears(({ op, d }) => op === 9 && d === true);
    discord.gateway.invalidate();
    await gateway.hears(({ op, d }) => op === 9 && d === false);
    expect(discord.gateway.sessions).toEqual([]);
  });

  it('resets the token of who identifies too often in a day', async () => {
    for (let i = 0; i < 5; i += 1) await identified(discord, usual);
    const last = await openGateway(discord);
    last.say(2, { token: discord.token, intents: usual });
    expect((await last.closed).code).toBe(4004);
    const later = await openGateway(discord);
    later.say(6, {});
    expect((await later.closed).code).toBe(4004);
  });

  it('sends a server’s events to its own shard only', async () => {
    const shards = [0, 1].map(async (id) => {
      const gateway = await openGateway(discord);
      gateway.say(2, { token: discord.token, intents: usual, shard: [id, 2] });
      return (await gateway.event('READY')).guilds.length;
    });
    expect((await Promise.all(shards)).toSorted()).toEqual([0, 1]);
  });
});
