import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeDiscord } from '../../../fakes/discord/FakeDiscord.ts';
import { openTestDiscord, startStillDiscord, type TestDiscord } from '../../openTestDiscord.ts';
import { readIndex } from '../../readIndex.ts';

const DAY_MS = 86_400_000;
let fake: FakeDiscord;
let sync: TestDiscord;
let mara: string;
let tom: string;
let guild: string;
let ops: string;

beforeEach(async () => {
  fake = await startStillDiscord();
  mara = fake.addUser('mara');
  tom = fake.addUser('tom');
  guild = fake.addGuild('Acme', { members: [mara, tom], everyone: [...EVERYONE] });
  ops = fake.addChannel(guild, 'ops');
  sync = await openTestDiscord({ fake });
});
afterEach(async () => {
  await sync.stop();
  expect(fake.violations).toEqual([]);
  await fake.stop();
});

const EVERYONE = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'ReadMessageHistory',
  'AddReactions',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'ManageMessages',
] as const;
const says = (text: string, channel = ops, more = {}) => {
  fake.clock.advance(60_000);
  return fake.user(mara).says(channel, text, more);
};
const texts = () => readIndex(sync).texts.join('\n');
const openSources = async () => (await sync.store.sources.list(`discord:${guild}`)).filter(({ open }) => open);

describe('a Discord channel', () => {
  it('is read with its threads and posts, and read again costs nothing', async () => {
    const root = says('How do I reset the thermostat?');
    const thread = fake.user(mara).opensThread(ops, 'thermostat', { from: root.id });
    says('Press the two arrows.', thread);
    const forum = fake.addChannel(guild, 'help', { kind: 'forum' });
    const post = fake.user(mara).posts(forum, 'Badge printer', 'Where does it stand?');
    says('It stands with the porter.', post);
    const report = await sync.run();
    expect(report.problems).toEqual([]);
    expect(report.sources.map(({ name, error }) => [name, error])).toEqual([
      ['#ops', undefined],
      ['#help', undefined],
    ]);
    expect(texts()).toMatch(/two arrows/);
    expect(texts()).toMatch(/Badge printer[\s\S]*porter/);
    const before = readIndex(sync);
    const keys = before.messages as unknown as { channel: string; id: string; thread_id: string | null }[];
    expect(keys.find(({ id }) => id === post)).toMatchObject({ channel: forum, thread_id: post });
    expect(keys.find(({ id }) => id === root.id)).toMatchObject({ channel: ops, thread_id: root.id });
    const again = await sync.run();
    for (const { messages } of again.sources) expect(messages).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(readIndex(sync)).toEqual(before);
    expect(readIndex(sync).vectors).toMatchObject({ isExact: true });
  });

  it('is heard while it is spoken in: said, answered, edited, confirmed, deleted, and twice', async () => {
    await sync.run();
    await sync.listen();
    const root = says('How do I reset the thermostat?');
    const reply = says('Press the two arrows.', ops, { replyTo: root.id });
    await sync.hear();
    expect(texts()).toContain('two arrows');
    fake.user(tom).reacts(reply, '✅');
    await sync.hear();
    expect(readIndex(sync).passages[0]).toMatchObject({ confirmations: 1 });
    fake.user(mara).edits(reply, 'Press the three arrows.');
    await sync.hear({ again: 3 });
    expect(texts()).toContain('three arrows');
    expect(texts()).not.toContain('two arrows');
    expect(readIndex(sync).passages[0]).toMatchObject({ confirmations: 1 });
    fake.user(mara).deletes(reply);
    await sync.hear({ again: 2 });
    expect(texts()).not.toContain('three arrows');
    const many = [says('one of many'), says('two of many')].map(({ id }) => id);
    await sync.hear();
    expect(texts()).toContain('of many');
    fake.user(mara).deletesMany(ops, many);
    await sync.hear();
    expect(texts()).not.toContain('of many');
    expect(sync.sync.now.latencies.p95()?.events).toBeGreaterThan(0);
  });

  it('knows a late reply in a thread that was archived long ago, heard or not', async () => {
    const root = says('How do I reset the thermostat?');
    const thread = fake.user(mara).opensThread(ops, 'thermostat', { from: root.id });
    says('Nobody knows.', thread);
    fake.user(mara).archives(thread);
    await sync.run();
    await sync.listen();
    fake.clock.advance(60 * DAY_MS);
    says('Press the two arrows.', thread);
    await sync.hear();
    expect(texts()).toContain('two arrows');
    fake.clock.advance(60 * DAY_MS);
    says('Or call the porter.', thread);
    fake.user(mara).archives(thread);
    await sync.loseEvents();
    await sync.run();
    expect(texts()).toContain('porter');
  });

  it('loses what people take away: a thread, a post, a channel', async () => {
    const root = says('How do I reset the thermostat?');
    const thread = fake.user(mara).opensThread(ops, 'thermostat', { from: root.id });
    says('Press the two arrows.', thread);
    const forum = fake.addChannel(guild, 'help', { kind: 'forum' });
    const post = fake.user(mara).posts(forum, 'Badge printer', 'It stands with the porter.');
    const other = fake.addChannel(guild, 'launch');
    says('The launch is on Monday.', other);
    await sync.run();
    await sync.listen();
    expect(texts()).toMatch(/Monday/);
    for (const id of [thread, post, other]) fake.deleteChannel(id);
    await sync.hear();
    expect(texts()).toMatch(/reset the thermostat/);
    expect(texts()).not.toMatch(/two arrows|porter|Monday/);
  });

  it('loses a thread and a post that were taken away while nobody listened', async () => {
    const root = says('How do I reset the thermostat?');
    const thread = fake.user(mara).opensThread(ops, 'thermostat', { from: root.id });
    says('Press the two arrows.', thread);
    const forum = fake.addChannel(guild, 'help', { kind: 'forum' });
    const post = fake.user(mara).posts(forum, 'Badge printer', 'It stands with the porter.');
    await sync.run();
    for (const id of [thread, post]) fake.deleteChannel(id);
    fake.user(mara).deletes(says('never mind'));
    await sync.loseEvents();
    await sync.run();
    expect(texts()).not.toMatch(/two arrows|porter/);
  });

  it('a private thread is a source of its own, for those who are in it; made private, a channel is so at once', async () => {
    const thread = fake.user(mara).opensThread(ops, 'salaries', { isPrivate: true, members: [fake.botUserId] });
    says('Mara earns a fortune.', thread);
    says('Everybody reads this.');
    const { sources } = await sync.run();
    expect(sources.map(({ name }) => name)).toEqual(['#ops', '#ops: salaries']);
    expect((await openSources()).map(({ key }) => key)).toEqual([ops]);
    expect(texts()).toMatch(/fortune/);
    await sync.listen();
    fake.makePrivate(ops, [mara]);
    await sync.hear();
    expect(await openSources()).toEqual([]);
    says('This is for Mara.');
    await sync.hear();
    expect(texts()).toMatch(/for Mara/);
  });

  it('is not taken for empty when the bot may not read it any more', async () => {
    says('Press the two arrows.');
    await sync.run();
    fake.makePrivate(ops, [], { withoutBot: true });
    await sync.loseEvents();
    const { sources } = await sync.run();
    expect(sources).toEqual([]);
    expect(texts()).toContain('two arrows');
    expect(await openSources()).toEqual([]);
  });
});

describe('without the content of messages', () => {
  it('says so for each channel, and takes nothing for deleted; with it again, all is well', async () => {
    const first = says('Press the two arrows.');
    await sync.run();
    await sync.stop();
    sync = await openTestDiscord({ fake, hasContent: false });
    await sync.run();
    expect(texts()).toContain('two arrows');
    fake.setPrivileged([]);
    await sync.listen();
    fake.user(mara).edits(first, 'Press the three arrows.');
    says('Or call the porter.');
    await sync.hear();
    await sync.run();
    expect(texts()).toContain('two arrows');
    expect(sync.store.syncDocuments.failed(5).latest.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^#ops: .*Message Content Intent/),
    ]);
    fake.setPrivileged(['MessageContent']);
    await sync.run();
    expect(texts()).toMatch(/three arrows[\s\S]*porter/);
    expect(sync.store.syncDocuments.failed(5).count).toBe(0);
  });
});
