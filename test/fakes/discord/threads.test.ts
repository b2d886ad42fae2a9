import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { bitsOf } from './intents.ts';
import { ask, identified } from './raw.ts';
import type { Json } from './State.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

describe('threads', () => {
  let discord: FakeDiscord;
  let mara: string;
  let tom: string;
  let acme: string;
  let ops: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ limits: 'off', clock: createClock({ running: false }) });
    [mara, tom] = [discord.addUser('mara'), discord.addUser('tom')];
    acme = discord.addGuild('Acme', { members: [mara, tom] });
    ops = discord.addChannel(acme, 'ops');
  });
  afterEach(() => discord.stop());

  const post = (channel: string) => ask(discord, `POST /channels/${channel}/messages`, { content: 'x' });
  const ids = (body: Json) => body.threads.map(({ id }: Json) => id);

  it('hang on a message, whose id they bear', async () => {
    const said = discord.user(mara).says(ops, 'VPN is down');
    const thread = discord.user(tom).opensThread(ops, 'VPN', { from: said.id });
    expect(thread).toBe(said.id);
    discord.user(mara).says(thread, 'Still?');
    expect((await ask(discord, `GET /channels/${thread}`)).body).toMatchObject({
      ...{ type: 11, parent_id: ops, owner_id: tom, message_count: 1, member_count: 2 },
      thread_metadata: { archived: false, locked: false },
    });
    const { body } = await ask(discord, `GET /channels/${thread}/messages`);
    expect(body.map(({ type }: Json) => type)).toEqual([0, 21]);
    expect(body[1].referenced_message.content).toBe('VPN is down');
    expect((await ask(discord, `GET /channels/${ops}/messages/${said.id}`)).body.thread.id).toBe(thread);
  });

  it('are a forum’s posts, with tags, beginning with a message of the same id', async () => {
    const forum = discord.addChannel(acme, 'help', { kind: 'forum', tags: ['solved'] });
    const [tag] = discord.channel(forum).tags;
    const thread = discord.user(mara).posts(forum, 'How to log in?', 'It says no.', [tag?.id ?? '']);
    expect((await ask(discord, `GET /channels/${forum}`)).body.available_tags).toMatchObject([{ name: 'solved' }]);
    expect((await ask(discord, `GET /channels/${thread}`)).body.applied_tags).toEqual([tag?.id]);
    expect((await ask(discord, `GET /channels/${thread}/messages/${thread}`)).body.content).toBe('It says no.');
    expect((await post(forum)).body.code).toBe(50008);
    const message = { content: 'By the bot' };
    const made = await ask(discord, `POST /channels/${forum}/threads`, { name: 'Announcement', message });
    expect(made).toMatchObject({ status: 201, body: { parent_id: forum, message: { content: 'By the bot' } } });
  });

  it('are listed while active, and when archived, public and private apart', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => discord.user(mara).opensThread(ops, name));
    const hidden = discord.user(mara).opensThread(ops, 'hidden', { isPrivate: true });
    const own = discord.user(mara).opensThread(ops, 'own', { isPrivate: true, members: [discord.botUserId] });
    const active = async () => ids((await ask(discord, `GET /guilds/${acme}/threads/active`)).body);
    expect(await active()).toEqual([own, c, b, a]);
    for (const thread of [b, a, own, hidden]) {
      discord.clock.advance(1000);
      discord.user(mara).archives(thread ?? '');
    }
    expect(await active()).toEqual([c]);
    const base = `GET /channels/${ops}`;
    const first = await ask(discord, `${base}/threads/archived/public?limit=1`);
    expect([ids(first.body), first.body.has_more]).toEqual([[a], true]);
    const before = encodeURIComponent(first.body.threads[0].thread_metadata.archive_timestamp);
    expect(ids((await ask(discord, `${base}/threads/archived/public?before=${before}`)).body)).toEqual([b]);
    expect((await ask(discord, `${base}/threads/archived/private`)).body.code).toBe(50013);
    expect(ids((await ask(discord, `${base}/users/@me/threads/archived/private`)).body)).toEqual([own]);
    discord.overwrite(ops, discord.botUserId, { allow: ['ManageThreads'] });
    expect(ids((await ask(discord, `${base}/threads/archived/private`)).body)).toEqual([hidden, own]);
  });

  it('are for their members when private, and end for who is taken out', async () => {
    const gateway = await identified(discord, bitsOf(['Guilds', 'GuildMessages', 'MessageContent']));
    const thread = discord.user(mara).opensThread(ops, 'Us', { isPrivate: true });
    expect((await ask(discord, `GET /channels/${thread}`)).body.code).toBe(50001);
    expect(() => discord.user(tom).says(thread, 'x')).toThrow('ViewChannel');
    discord.user(mara).says(thread, 'before');
    discord.addToThread(thread, discord.botUserId);
    expect((await gateway.event('THREAD_CREATE')).id).toBe(thread);
    discord.user(mara).says(thread, 'after');
    expect((await gateway.event('MESSAGE_CREATE')).content).toBe('after');
    const { body } = await ask(discord, `GET /channels/${thread}/thread-members`);
    expect(body.map(({ user_id }: Json) => user_id)).toEqual([mara, discord.botUserId]);
    expect((await ask(discord, `DELETE /channels/${thread}/thread-members/@me`)).status).toBe(204);
    expect((await ask(discord, `GET /channels/${thread}`)).body.code).toBe(50001);
  });

  it('open again when somebody writes, unless they are locked', async () => {
    const said = discord.user(mara).says(ops, 'x');
    const thread = discord.user(mara).opensThread(ops, 'VPN', { from: said.id });
    const { body: own } = await post(thread);
    discord.user(mara).archives(thread);
    const path = `/channels/${thread}/messages/${own.id}`;
    expect((await ask(discord, `PATCH ${path}`, { content: 'y' })).body.code).toBe(50083);
    expect((await ask(discord, `PUT ${path}/reactions/%F0%9F%91%8D/@me`)).body.code).toBe(50083);
    expect((await post(thread)).status).toBe(200);
    expect(discord.channel(thread).thread?.isArchived).toBe(false);
    discord.overwrite(ops, discord.botUserId, { allow: ['ManageThreads'] });
    await ask(discord, `PATCH /channels/${thread}`, { archived: true, locked: true });
    expect((await post(thread)).body.code).toBe(160005);
  });

  it('take a permission of their own to write in', async () => {
    const thread = discord.addThread(ops, 'VPN');
    discord.overwrite(ops, acme, { deny: ['SendMessagesInThreads'] });
    expect([(await post(thread)).body.code, (await post(ops)).status]).toEqual([50013, 200]);
  });

  it('are told again to a bot that is let into their channel', async () => {
    const gateway = await identified(discord, bitsOf(['Guilds']));
    discord.makePrivate(ops, [mara], { withoutBot: true });
    const thread = discord.user(mara).opensThread(ops, 'VPN');
    discord.makePublic(ops);
    expect(await gateway.event('THREAD_LIST_SYNC')).toMatchObject({ channel_ids: [ops], threads: [{ id: thread }] });
    expect(gateway.heard.some(({ t }) => t === 'THREAD_CREATE')).toBe(false);
  });

  it('go with their channel', async () => {
    const thread = discord.addThread(ops, 'VPN');
    discord.deleteChannel(ops);
    expect((await ask(discord, `GET /channels/${thread}`)).body.code).toBe(10003);
  });
});
