import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runImport } from '../../../../src/sync/import/runImport.ts';
import type { FakeDiscord } from '../../../fakes/discord/FakeDiscord.ts';
import { reading } from '../../import/pageReading.ts';
import { openTestDiscord, startStillDiscord, type TestDiscord } from '../../openTestDiscord.ts';
import { readIndex } from '../../readIndex.ts';
import { writeDiscordExport } from '../../simulate/writeDiscordExport.ts';

let fake: FakeDiscord;
let sync: TestDiscord;
let folder: string;
let mara: string;
let guild: string;
let ops: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backscroll-test-'));
  fake = await startStillDiscord();
  mara = fake.addUser('mara');
  guild = fake.addGuild('Acme', { members: [mara] });
  ops = fake.addChannel(guild, 'ops');
  sync = await openTestDiscord({ fake });
});
afterEach(async () => {
  await sync.stop();
  await fake.stop();
  await rm(folder, { recursive: true, force: true });
});

const says = (text: string, channel = ops) => {
  fake.clock.advance(60_000);
  return fake.user(mara).says(channel, text);
};
async function importNow() {
  await writeDiscordExport(fake, guild, folder);
  await runImport({
    ...{ path: folder, spaceName: 'Acme', ingest: sync.ingest, reading },
    resolveSpace: (name) => sync.store.spaces.find(name),
    signal: new AbortController().signal,
  });
  sync.store.settings.set(`imported discord:${guild}`, String(fake.clock.now()));
  await sync.knowledge.settle();
}
const openOnes = async () =>
  (await sync.store.sources.list(`discord:${guild}`)).filter(({ open }) => open).map(({ key }) => key);

describe('an export of a Discord server, and the server itself', () => {
  it('are one: nothing is there twice, in channels, threads, posts and private threads', async () => {
    const root = says('How do I reset the thermostat?');
    const thread = fake.user(mara).opensThread(ops, 'thermostat', { from: root.id });
    says('Press the two arrows.', thread);
    const forum = fake.addChannel(guild, 'help', { kind: 'forum' });
    const post = fake.user(mara).posts(forum, 'Badge printer', 'Where does it stand?');
    says('It stands with the porter.', post);
    const closed = fake.user(mara).opensThread(ops, 'salaries', { isPrivate: true, members: [fake.botUserId] });
    says('Mara earns a fortune.', closed);
    await importNow();
    const before = readIndex(sync);
    expect(before.messages).toHaveLength(5);
    const { sources } = await sync.run();
    for (const { messages } of sources) expect(messages).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(readIndex(sync)).toEqual(before);
    await importNow();
    expect(readIndex(sync)).toEqual(before);
  });

  it('an export does not open a channel that the server keeps for some, before or after', async () => {
    says('This is for the board.');
    await importNow();
    expect(await openOnes()).toEqual([ops]); // an export does not say who may read
    fake.makePrivate(ops, [mara]);
    await sync.run();
    expect(await openOnes()).toEqual([]);
    await importNow();
    expect(await openOnes()).toEqual([]);
  });

  it('what was deleted before the export was imported goes again', async () => {
    const said = says('The password of the safe is 1234.');
    await sync.run();
    await writeDiscordExport(fake, guild, folder);
    fake.user(mara).deletes(said);
    await sync.run();
    expect(readIndex(sync).messages).toEqual([]);
    await runImport({
      ...{ path: folder, spaceName: 'Acme', ingest: sync.ingest, reading },
      resolveSpace: (name) => sync.store.spaces.find(name),
      signal: new AbortController().signal,
    });
    sync.store.settings.set(`imported discord:${guild}`, String(fake.clock.now() + 1));
    expect(readIndex(sync).messages).toHaveLength(1);
    await sync.run();
    expect(readIndex(sync).messages).toEqual([]);
  });
});
