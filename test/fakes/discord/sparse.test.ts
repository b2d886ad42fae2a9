import { type Client, Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { bitsOf } from './intents.ts';
import { ask, identified } from './raw.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

const command = { name: 'ask', description: 'Asks' };

describe('a server that others wrote', () => {
  let discord: FakeDiscord;
  let client: Client<true> | undefined;
  let mara: string;
  let ops: string;

  async function start(sparse: Parameters<typeof startFakeDiscord>[0] = { sparse: true }): Promise<void> {
    discord = await startFakeDiscord({ limits: 'off', ...sparse });
    mara = discord.addUser('mara');
    ops = discord.addChannel(discord.addGuild('Acme', { members: [mara] }), 'ops');
    await ask(discord, `PUT /applications/${discord.appId}/commands`, [command]);
  }
  beforeEach(() => {
    client = undefined;
  });
  afterEach(async () => {
    await client?.destroy();
    await discord.stop();
  });

  it('carries the real discord.js with what little it says', async () => {
    await start();
    client = await connect(discord);
    client.on(Events.MessageCreate, (message) => !message.author.bot && message.reply('Heard'));
    client.on(Events.InteractionCreate, async (asked) => {
      if (!asked.isChatInputCommand()) return;
      const isDeferred = await asked.deferReply().then(
        () => true,
        () => false,
      );
      if (!isDeferred) await asked.reply({ content: 'At once' });
    });
    discord.user(mara).says(ops, 'Hello');
    const asked = discord.user(mara).runs('ask', {}, ops);
    expect((await asked.answered).answer.type).toBe(4);
    await discord.when(() => discord.messages(ops).length === 3);
    expect(discord.violations).toEqual([]);
  });

  it('leaves out what may be left out', async () => {
    await start();
    const gateway = await identified(discord, bitsOf(['Guilds', 'GuildMessages', 'MessageContent']));
    discord.user(mara).says(ops, 'Hello');
    const said = await gateway.event('MESSAGE_CREATE');
    expect(Object.keys(said).toSorted()).toEqual([
      ...[
        'attachments',
        'author',
        'channel_id',
        'content',
        'guild_id',
        'id',
        'member',
        'mentions',
        'timestamp',
        'type',
      ],
    ]);
    expect(Object.keys(said.author).toSorted()).toEqual(['avatar', 'id', 'username']);
    expect((await gateway.event('GUILD_CREATE')).threads).toBeUndefined();
  });

  it('resumes nothing', async () => {
    await start();
    client = await connect(discord);
    discord.gateway.drop();
    await discord.when(() => discord.gateway.resumed === 1);
    expect(discord.gateway.sessions).toEqual([]);
  });

  it('may also ignore a defer, and leave out what discord.js trips over', async () => {
    await start({ sparse: { defer: 'ignored', objects: 'bare' } });
    const gateway = await identified(discord, 1);
    const asked = discord.user(mara).runs('ask', {}, ops);
    const { id, token, ...told } = await gateway.event('INTERACTION_CREATE');
    expect([told.entitlements, told.authorizing_integration_owners, told.channel]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    const callback = `POST /interactions/${id}/${token}/callback`;
    expect((await ask(discord, callback, { type: 5 }, '')).status).toBe(204);
    expect([asked.state, discord.messages(ops)]).toEqual(['waiting', []]);
    await ask(discord, callback, { type: 4, data: { content: 'At once' } }, '');
    expect(asked.reply()?.content).toBe('At once');
  });
});
