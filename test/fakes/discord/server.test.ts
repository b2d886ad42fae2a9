import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { bitsOf } from './intents.ts';
import { ask, identified } from './raw.ts';
import type { Json } from './State.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

describe('servers, their people and channels', () => {
  let discord: FakeDiscord;
  let mara: string;
  let acme: string;
  let ops: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ limits: 'off', clock: createClock({ running: false }) });
    mara = discord.addUser('mara', { globalName: 'Mara Lind' });
    acme = discord.addGuild('Acme', { members: [mara] });
    ops = discord.addChannel(acme, 'ops');
  });
  afterEach(() => discord.stop());

  const get = async (path: string) => {
    const { body } = await ask(discord, `GET ${path}`);
    return body.code ?? body;
  };

  it('are told over REST', async () => {
    const staff = discord.addRole(acme, 'staff', ['ManageMessages'], [mara]);
    const other = discord.addGuild('Other', { withoutBot: true });
    expect((await get('/users/@me/guilds')).map(({ id }: Json) => id)).toEqual([acme]);
    expect(await get(`/guilds/${acme}`)).toMatchObject({ id: acme, name: 'Acme' });
    expect([await get(`/guilds/${other}`), await get('/guilds/1')]).toEqual([50001, 10004]);
    expect((await get(`/guilds/${acme}/roles`)).map(({ name }: Json) => name)).toContain('staff');
    expect(await get(`/guilds/${acme}/members/${mara}`)).toMatchObject({ user: { username: 'mara' }, roles: [staff] });
    expect(await get(`/guilds/${other}/members/${mara}`)).toBe(50001);
    expect(await get(`/guilds/${acme}/members/1`)).toBe(10013);
    expect(await get(`/guilds/${acme}/members/search?query=MAR&limit=5`)).toHaveLength(1);
    expect(await get(`/guilds/${acme}/members?limit=10`)).toHaveLength(3);
    discord.setPrivileged([]);
    expect(await get(`/guilds/${acme}/members?limit=10`)).toBe(50001);
    expect(await get(`/users/${mara}`)).toMatchObject({ global_name: 'Mara Lind' });
    expect(await get('/users/1')).toBe(10013);
  });

  it('list channels that the bot may not look into, with their overwrites', async () => {
    discord.makePrivate(ops, [mara], { withoutBot: true });
    discord.addThread(discord.addChannel(acme, 'talk'), 'a thread');
    const channels = await get(`/guilds/${acme}/channels`);
    expect(channels.map(({ name }: Json) => name)).toEqual(['ops', 'talk']);
    expect(channels[0].permission_overwrites).toEqual([
      { id: acme, type: 0, allow: '0', deny: '1024' },
      { id: mara, type: 1, allow: '1024', deny: '0' },
    ]);
  });

  it('are told over the gateway as they come, change and go', async () => {
    const gateway = await identified(discord, bitsOf(['Guilds', 'GuildMembers']));
    const role = discord.addRole(acme, 'staff');
    discord.changeRole(acme, role, ['ManageMessages']);
    discord.deleteRole(acme, role);
    discord.renameGuild(acme, 'Acme Ltd');
    discord.rename(ops, 'operations');
    discord.deleteChannel(ops);
    discord.removeMember(acme, mara);
    discord.setAvailable(acme, false);
    discord.setAvailable(acme, true);
    discord.kickBot(acme);
    discord.addGuild('New');
    await gateway.hears(({ d }) => d?.name === 'New');
    expect(gateway.heard.flatMap(({ t }) => t ?? []).slice(2)).toEqual([
      ...['GUILD_ROLE_CREATE', 'GUILD_ROLE_UPDATE', 'GUILD_ROLE_DELETE', 'GUILD_UPDATE'],
      ...['CHANNEL_UPDATE', 'CHANNEL_DELETE', 'GUILD_MEMBER_REMOVE'],
      ...['GUILD_DELETE', 'GUILD_CREATE', 'GUILD_DELETE', 'GUILD_CREATE'],
    ]);
  });

  it('give their members in chunks', async () => {
    const gateway = await identified(discord, bitsOf(['Guilds']));
    gateway.say(8, { guild_id: acme, user_ids: [mara, '1'], nonce: 'a' });
    expect(await gateway.event('GUILD_MEMBERS_CHUNK')).toMatchObject({
      ...{ guild_id: acme, nonce: 'a', not_found: ['1'], members: [{ user: { id: mara } }] },
    });
    gateway.say(8, { guild_id: acme, query: '', limit: 0 });
    await discord.when(() => discord.violations.length === 1);
  });

  it('hear that the bot is typing', async () => {
    await ask(discord, `POST /channels/${ops}/typing`);
    expect(discord.typings).toEqual([{ channelId: ops, atMs: discord.clock.now() }]);
  });

  it('take in a history of thousands without a word to the bot', async () => {
    const gateway = await identified(discord, bitsOf(['Guilds', 'GuildMessages']));
    const old = Array.from({ length: 2000 }, (_, i) => ({
      userId: mara,
      text: `${i}`,
      atMs: 1_700_000_000_000 - i * 1000,
    }));
    discord.fill(ops, old);
    let last: string | undefined;
    let count = 0;
    for (;;) {
      const page = await get(`/channels/${ops}/messages?limit=100${last ? `&before=${last}` : ''}`);
      count += page.length;
      last = page.at(-1)?.id;
      if (page.length < 100) break;
    }
    expect(count).toBe(2000);
    expect(gateway.heard.some(({ t }) => t === 'MESSAGE_CREATE')).toBe(false);
    expect((await get(`/channels/${ops}`)).last_message_id).toBe(discord.messages(ops).at(-1)?.id);
  });
});
