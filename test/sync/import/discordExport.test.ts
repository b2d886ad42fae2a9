import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ImportOrder, runImport } from '../../../src/sync/import/runImport.ts';
import {
  ann,
  bob,
  channel,
  cyd,
  exported,
  forum,
  general,
  guild,
  post,
  said,
  smallGuild,
  staff,
  user,
} from './discordFixture.ts';
import { type Files, makeLongFile, makeZip, useFolders } from './makeArchives.ts';
import { reading } from './pageReading.ts';
import { createRecordingIngest, type RecordingIngest } from './recordingIngest.ts';

const folders = useFolders();

const importPath = (path: string, ingest: RecordingIngest, more: Partial<ImportOrder> = {}) =>
  runImport({
    path,
    spaceName: 'Acme',
    ingest,
    resolveSpace: async () => undefined,
    reading,
    signal: new AbortController().signal,
    ...more,
  });
const importFiles = async (files: Files, ingest = createRecordingIngest(), more: Partial<ImportOrder> = {}) =>
  importPath(await folders.make(files), ingest, more);
const members = (...personIds: string[]) => ({ kind: 'members', personIds });
const dm = (messages: readonly object[]) =>
  exported(
    { id: '860000000000000001', type: 'DirectTextChat', categoryId: null, category: 'Private', name: 'bob' },
    messages,
    {
      guild: { id: '0', name: 'Direct Messages', iconUrl: '' },
    },
  );

describe('a Discord export', () => {
  it('becomes a space named by its server, with the people and channels in it', async () => {
    const ingest = createRecordingIngest();
    const report = await importFiles(smallGuild, ingest);
    expect(report).toMatchObject({
      kind: 'discord',
      sentence: expect.stringMatching(/ is a Discord export: 4 files of Acme Guild\.$/),
      space: { id: `discord:${guild}`, platform: 'discord', name: 'Acme' },
      sources: 3,
      messages: { added: 8, changed: 0, unchanged: 0, removed: 0 },
    });
    expect(report.skipped.map(({ why, count }) => [why, count])).toEqual([
      ['a notice of Discord (joined, pinned, thread begun …)', 3],
      ['said by a bot', 1],
    ]);
    expect(ingest.people.get(ann)).toEqual({
      id: ann,
      name: 'Ann Lee',
      handle: 'ann_lee',
      isBot: false,
      isGuest: false,
    });
    expect([...ingest.people.keys()].sort()).toHaveLength(4);
    expect(ingest.sources.get(general)).toMatchObject({
      kind: 'channel',
      name: '#general',
      url: `https://discord.com/channels/${guild}/${general}`,
    });
  });

  it('keeps threads and posts of a forum in their channel, each one conversation named by its first message', async () => {
    const ingest = createRecordingIngest();
    await importFiles(smallGuild, ingest);
    const threads = (key: string) =>
      [...(ingest.sources.get(key)?.messages.values() ?? [])].map(({ id, threadId }) => [id.slice(-2), threadId]);
    // The thread bears the id of the message that it was begun from.
    expect(threads(general).sort()).toEqual([
      ['01', undefined],
      ['02', undefined],
      ['05', undefined],
      ['07', '900000000000000002'],
      ['08', '900000000000000002'],
    ]);
    expect(threads(forum)).toEqual([
      ['01', post],
      ['09', post],
    ]);
    expect(ingest.sources.get(forum)?.name).toBe('#help');
    expect(ingest.texts(forum)[0]).toBe('**Printer says PC LOAD LETTER**\n\nWhat does that mean?');
  });

  it('keeps who answers whom, who is meant, and what people thought of it', async () => {
    const ingest = createRecordingIngest();
    await importFiles(smallGuild, ingest);
    const messages = ingest.sources.get(general)?.messages;
    expect(messages?.get('900000000000000001')?.text).toBe(`How do we reach the VPN? <@${bob}>`);
    expect(messages?.get('900000000000000002')).toMatchObject({
      replyTo: '900000000000000001',
      text: 'Use **vpn.acme.io**, see https://wiki.acme.io/vpn',
      confirmations: 1,
      contradictions: 1,
      permalink: `https://discord.com/channels/${guild}/${general}/900000000000000002`,
    });
    expect(messages?.get('900000000000000005')?.files).toEqual([
      { name: 'plan.pdf', url: 'https://cdn.discordapp.com/attachments/1/2/plan.pdf' },
    ]);
  });

  it.each([
    ['a zip', async (folder: string) => makeZip(join(folder, 'guild.zip'), smallGuild)],
    [
      'a zip of the folder',
      async (folder: string) =>
        makeZip(
          join(folder, 'guild.zip'),
          Object.fromEntries(Object.entries(smallGuild).map(([name, file]) => [`exports/${name}`, file])),
        ),
    ],
  ])('is the same in %s', async (_, make) => {
    const [alone, zipped] = [createRecordingIngest(), createRecordingIngest()];
    await importFiles(smallGuild, alone);
    await importPath(await make(await folders.make()), zipped);
    expect([...zipped.sources]).toEqual([...alone.sources]);
  });

  it('is taken in from one file', async () => {
    const name = 'Acme - general [822222222222222201].json';
    const folder = await folders.make({ [name]: smallGuild[name] as object });
    expect(await importPath(join(folder, name), createRecordingIngest())).toMatchObject({ messages: { added: 3 } });
  });

  it('costs nothing the second time, and grows by what is new; the newest export of a message counts', async () => {
    const ingest = createRecordingIngest();
    const part = (text: string, at: string, more: object[] = []) =>
      exported(channel(general, 'general'), [said('900000000000000001', ann, text), ...more], { exportedAt: at });
    const newest = part('newest', '2024-07-01T00:00:00+00:00', [said('900000000000000002', bob, 'more')]);
    await importFiles({ 'a.json': newest, 'b.json': part('old', '2024-06-01T00:00:00+00:00') }, ingest);
    expect(ingest.texts(general)).toEqual(['newest', 'more']);
    expect(await importFiles({ 'a.json': newest }, ingest)).toMatchObject({
      messages: { added: 0, changed: 0, unchanged: 2 },
    });
  });

  it('takes in bots where they are wanted', async () => {
    const ingest = createRecordingIngest();
    await importFiles(smallGuild, ingest, { includeBots: true });
    expect(ingest.texts(general)).toContain('beep');
  });
});

describe('who may read what was exported from Discord', () => {
  const audiences = (ingest: RecordingIngest) =>
    Object.fromEntries([...ingest.sources.values()].map(({ key, audience }) => [key, audience]));

  it('channels: everybody, since the export does not say, and the report tells so', async () => {
    const ingest = createRecordingIngest();
    const { notes } = await importFiles(smallGuild, ingest);
    expect(audiences(ingest)).toEqual({
      [general]: { kind: 'everybody' },
      [forum]: { kind: 'everybody' },
      [staff]: members(ann, cyd),
    });
    expect([...ingest.sources.values()].every(({ isAudienceAssumed }) => isAudienceAssumed)).toBe(true);
    expect(notes).toEqual([
      expect.stringMatching(
        /^The export does not say who may read a channel: 2 channels can be read by everybody.*--audience participants/,
      ),
      expect.stringMatching(/^One private thread or direct conversation can be read only by those who took part/),
    ]);
  });

  it('or those who wrote there, if the person who imports says so', async () => {
    const ingest = createRecordingIngest();
    await importFiles(smallGuild, ingest, { audience: 'participants' });
    expect(audiences(ingest)).toEqual({
      [general]: members(ann, bob, cyd, '844444444444444409'),
      [forum]: members(ann, bob),
      [staff]: members(ann, cyd),
    });
    expect([...ingest.sources.values()].some(({ isAudienceAssumed }) => isAudienceAssumed)).toBe(false);
  });

  it('private threads and direct conversations: those who took part and did not leave, whatever is said', async () => {
    const ingest = createRecordingIngest();
    const left = said('900000000000000003', ann, '', { type: 'RecipientRemove', mentions: [user(cyd)] });
    const thread = exported(
      channel(staff, 'raise', { type: 'GuildPrivateThread', categoryId: general, category: 'general' }),
      [said('900000000000000001', ann, 'x'), said('900000000000000002', cyd, 'x'), left],
    );
    await importFiles({ 'a.json': thread }, ingest, { audience: 'everybody' });
    await importFiles(
      { 'b.json': dm([said('900000000000000001', ann, 'hi @Bob', { mentions: [user(bob)] })]) },
      ingest,
    );
    expect(audiences(ingest)).toEqual({ [staff]: members(ann), '860000000000000001': members(ann) });
    expect(ingest.sources.get('860000000000000001')).toMatchObject({ spaceId: 'discord:0', name: '@bob' });
  });

  it('a kind of channel that comes after us: those who took part', async () => {
    const ingest = createRecordingIngest();
    await importFiles(
      { 'a.json': exported(channel('1', 'new', { type: '99' }), [said('900000000000000001', ann, 'x')]) },
      ingest,
    );
    expect(audiences(ingest)).toEqual({ '1': members(ann) });
  });

  it('what was attached is not taken for a document; what somebody put beside is', async () => {
    const ingest = createRecordingIngest();
    const report = await importFiles(
      {
        ...smallGuild,
        'Acme - general [822222222222222201].json_Files/raise-0A1B2.md': 'secret',
        'assets/raise-0A1B2.md': 'secret',
        'handbook.md': '# Handbook',
        'package.json': { name: 'x' },
      },
      ingest,
    );
    expect(report).toMatchObject({ sources: 4, messages: { added: 8 }, pages: { added: 1 } });
    expect(report.skipped).toContainEqual(
      expect.objectContaining({ why: 'downloaded with a message, which may have fewer readers', count: 2 }),
    );
    expect(report.skipped).toContainEqual({ why: 'not part of the export', count: 1, what: ['package.json'] });
  });
});

describe('an export that is not whole, or not one', () => {
  it('is read as far as it goes, and what is no message is told', async () => {
    const whole = JSON.stringify(
      exported(channel(general, 'general'), [
        said('900000000000000001', ann, 'x'),
        {},
        said('900000000000000002', bob, 'y'),
      ]),
    );
    const ingest = createRecordingIngest();
    const report = await importFiles({ 'a.json': whole.slice(0, -60) }, ingest);
    expect(ingest.texts(general)).toEqual(['x', 'y'].slice(0, ingest.texts(general).length));
    expect(report.skipped.map(({ why }) => why)).toContain('not a Discord message');
    expect(report.skipped.map(({ why }) => why)).toContain('not valid JSON: read up to the fault');
  });

  it('takes no memory for its size', async () => {
    const folder = await folders.make();
    const [before, after] = JSON.stringify(
      exported(channel(general, 'general'), [
        said('900000000000000001', ann, 'first'),
        said('900000000000000002', ann, '#'),
        said('900000000000000003', ann, 'last'),
      ]),
    ).split('#');
    await makeLongFile(join(folder, 'a.json'), before ?? '', 20 * 1024 ** 2, after ?? '');
    const ingest = createRecordingIngest();
    const report = await importPath(folder, ingest);
    expect(ingest.texts(general)).toEqual(['first', 'last']);
    expect(report.skipped).toMatchObject([{ why: 'an element larger than can be a message', count: 1 }]);
  });

  it('comes in batches of bounded size', async () => {
    const many = Array.from({ length: 2_500 }, (_, at) =>
      said(`9000000000000${String(10_000 + at)}`, ann, `m${at}`, { timestamp: '2024-05-01T12:00:00Z' }),
    );
    const ingest = createRecordingIngest();
    await importFiles({ 'a.json': exported(channel(general, 'general'), many) }, ingest);
    expect(ingest.batches).toEqual([1_000, 1_000, 500]);
  });

  it.each<[string, Files, Partial<ImportOrder>, RegExp]>([
    [
      'of two servers',
      { 'a.json': exported(channel(general, 'general'), []), 'b.json': dm([]) },
      {},
      /holds exports of several Discord servers: Acme Guild \(8\d+\), Direct Messages \(0\)/,
    ],
    [
      'of another space by that name',
      { 'a.json': exported(channel(general, 'general'), []) },
      { resolveSpace: async () => ({ id: 'slack:T1', platform: 'slack' }) },
      /already stands for another space \(slack:T1\)/,
    ],
    [
      'that is other JSON',
      { 'a.json': { guild: 1, messages: [] }, 'b.json': [], 'c.json': '{' },
      {},
      /holds nothing that can be imported/,
    ],
  ])('%s is refused in one sentence, and nothing is taken in', async (_, files, more, message) => {
    const ingest = createRecordingIngest();
    await expect(importFiles(files, ingest, more)).rejects.toMatchObject({ message: expect.stringMatching(message) });
    expect(ingest.spaces.size).toBe(0);
  });

  it('stops between two batches, and goes on from there', async () => {
    const stop = new AbortController();
    const ingest = createRecordingIngest({ onBatch: () => stop.abort() });
    await expect(importFiles(smallGuild, ingest, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(ingest.batches).toHaveLength(1);
  });
});
