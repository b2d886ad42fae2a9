import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ImportOrder, runImport } from '../../../src/sync/import/runImport.ts';
import { type Files, makeLongFile, makeZip, useFolders } from './makeArchives.ts';
import { reading } from './pageReading.ts';
import { createRecordingIngest, type RecordingIngest } from './recordingIngest.ts';
import { message, smallExport } from './slackFixture.ts';

const folders = useFolders();

async function importPath(path: string, ingest: RecordingIngest, more: Partial<ImportOrder> = {}) {
  return runImport({
    path,
    spaceName: 'Acme',
    ingest,
    resolveSpace: async () => undefined,
    reading,
    signal: new AbortController().signal,
    ...more,
  });
}
const importFiles = async (files: Files, ingest = createRecordingIngest(), more: Partial<ImportOrder> = {}) =>
  importPath(await folders.make(files), ingest, more);

describe('a Slack export', () => {
  it('becomes a space named by its team, with people and channels', async () => {
    const ingest = createRecordingIngest();
    const report = await importFiles(smallExport, ingest);
    expect(report).toMatchObject({
      kind: 'slack',
      space: { id: 'slack:T0ACME', platform: 'slack', name: 'Acme' },
      sources: 6,
      messages: { added: 6, changed: 0, unchanged: 0, removed: 0 },
      skipped: [{ why: 'a notice of Slack (joined, topic, pinned …)', count: 1, what: ['general/2024-01-02.json'] }],
    });
    expect([...ingest.people.values()]).toEqual([
      { id: 'U1', name: 'Ann', handle: 'ann', alsoCalled: ['Ann Lee'], isBot: false, isGuest: false },
      { id: 'U2', name: 'Bob', handle: 'bob', isBot: false, isGuest: true },
      { id: 'U3', name: 'robot', handle: 'robot', isBot: true, isGuest: false },
      { id: 'U4', name: 'guest', handle: 'guest', isBot: false, isGuest: true },
    ]);
    expect(ingest.texts('C1')).toEqual(['first', 'second <@U2> [docs](https://x.io)']);
    expect(ingest.texts('C2')).toEqual(['from the archive']);
  });

  it('gives each conversation the readers that it has', async () => {
    const ingest = createRecordingIngest();
    await importFiles(smallExport, ingest);
    const audiences = [...ingest.sources.values()].map(({ key, name, audience }) => [key, name, audience]);
    const members = (...personIds: string[]) => ({ kind: 'members', personIds });
    expect(audiences.sort()).toEqual([
      ['C1', '#general', { kind: 'everybody' }],
      ['C2', '#old', { kind: 'everybody' }],
      ['C3', '#quiet', { kind: 'everybody' }],
      ['D1', '@Ann, @Bob', members('U1', 'U2')],
      ['G1', '#secret', members('U1')],
      ['G2', '@Ann, @Bob', members('U1', 'U2')],
    ]);
    expect(ingest.texts('D1')).toEqual(['between two']);
  });

  it('is private where a list of all kinds says so, or two channels claim a folder', async () => {
    const ingest = createRecordingIngest();
    await importFiles(
      {
        ...smallExport,
        'channels.json': [
          { id: 'C1', name: 'general' },
          { id: 'C8', name: 'hidden', is_private: true, members: ['U1'] },
          { id: 'C9', name: 'secret' },
        ],
      },
      ingest,
    );
    expect(ingest.sources.get('C8')?.audience).toEqual({ kind: 'members', personIds: ['U1'] });
    expect(ingest.texts('G1')).toEqual(['a secret']);
    expect(ingest.texts('C9')).toEqual([]);
  });

  it('is the same from a zip, and from one with a folder on top', async () => {
    const expected = createRecordingIngest();
    await importFiles(smallExport, expected);
    const folder = await folders.make();
    const inFolder = Object.fromEntries(
      Object.entries(smallExport).map(([path, file]) => [`Acme export/${path}`, file]),
    );
    for (const files of [smallExport, inFolder]) {
      const ingest = createRecordingIngest();
      await importPath(await makeZip(join(folder, 'x.zip'), files), ingest);
      expect(ingest.sources).toEqual(expected.sources);
      expect(ingest.people).toEqual(expected.people);
    }
  });

  it('costs nothing the second time, and what is newer changes just its messages', async () => {
    const ingest = createRecordingIngest();
    await importFiles(smallExport, ingest);
    expect(await importFiles(smallExport, ingest)).toMatchObject({ messages: { added: 0, changed: 0, unchanged: 6 } });
    const newer = {
      ...smallExport,
      'general/2024-01-01.json': [
        message('1704153600.000100', 'first, better', {
          thread_ts: '1704153600.000100',
          edited: { ts: '1704153700.000000' },
        }),
        message('1704153600.000150', 'late'),
      ],
    };
    expect(await importFiles(newer, ingest)).toMatchObject({ messages: { added: 1, changed: 1, unchanged: 5 } });
  });

  it('takes the words of a message away that it shows as deleted, and of no other', async () => {
    const ingest = createRecordingIngest();
    await importFiles(smallExport, ingest);
    const thread_ts = '1704153600.000100';
    await importFiles(
      {
        ...smallExport,
        'general/2024-01-01.json': [
          message(thread_ts, 'This message was deleted.', { subtype: 'tombstone', thread_ts }),
        ],
        'old/2023-01-01.json': [],
      },
      ingest,
    );
    expect(ingest.texts('C1')).toEqual(['', 'second <@U2> [docs](https://x.io)']);
    expect(ingest.texts('C2')).toEqual(['from the archive']);
  });

  it('comes in batches of a thousand', async () => {
    const ingest = createRecordingIngest();
    const many = Array.from({ length: 2_500 }, (_, at) => message(`${1_704_067_200 + at}.000100`, `m${at}`));
    await importFiles({ ...smallExport, 'general/2024-01-01.json': many }, ingest);
    expect(ingest.batches.filter((size) => size > 10)).toEqual([1_000, 1_000, 501]);
    expect(ingest.texts('C1')[2_499]).toBe('m2499');
  });

  it('links to messages by the domain that stands beside its files', async () => {
    const ingest = createRecordingIngest();
    const file = (domain: string, team: string) => ({
      name: 'a.png',
      permalink: `https://${domain}.slack.com/files/U1/F1/a.png`,
      url_private: `https://files.slack.com/files-pri/${team}-F1/a.png?t=xoxe-secret`,
    });
    const files = [file('stranger', 'T0OTHER'), file('acme', 'T0ACME')];
    await importFiles(
      { ...smallExport, 'old/2023-01-01.json': [message('1672531200.000100', 'look', { files })] },
      ingest,
    );
    expect(ingest.sources.get('C1')?.url).toBe('https://acme.slack.com/archives/C1');
    expect(JSON.stringify([...(ingest.sources.get('C2')?.messages.values() ?? [])])).not.toContain('xoxe');
  });

  it('finds a folder whose name a Mac wrote in decomposed letters', async () => {
    const ingest = createRecordingIngest();
    const channels = [{ id: 'C1', name: 'büro' }];
    await importFiles(
      {
        'users.json': [],
        'channels.json': channels,
        [`${'büro'.normalize('NFD')}/2024-01-01.json`]: [message('1704067200.000100', 'hallo')],
      },
      ingest,
    );
    expect(ingest.texts('C1')).toEqual(['hallo']);
  });
});

describe('the space of an export', () => {
  const noTeam: Files = { ...smallExport, 'users.json': [{ id: 'U1', name: 'ann' }] };

  it('without a team id is the Slack space of that name, or one made from the name', async () => {
    expect(await importFiles(noTeam)).toMatchObject({ space: { id: 'slack:~acme' } });
    const resolveSpace = async () => ({ id: 'slack:T0REAL', platform: 'slack' });
    expect(await importFiles(noTeam, undefined, { resolveSpace })).toMatchObject({ space: { id: 'slack:T0REAL' } });
  });

  it('takes the team id from its messages if no person has one', async () => {
    const files = { ...noTeam, 'old/2023-01-01.json': [message('1672531200.000100', 'x', { team: 'T0MSG' })] };
    expect(await importFiles(files)).toMatchObject({ space: { id: 'slack:T0MSG' } });
  });

  it('is not mixed with another one of that name', async () => {
    const ingest = createRecordingIngest();
    const resolveSpace = async () => ({ id: 'slack:T0OTHER', platform: 'slack' });
    await expect(importFiles(smallExport, ingest, { resolveSpace })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--space'),
    });
    expect(ingest.spaces.size + ingest.sources.size).toBe(0);
  });
});

describe('bad input in an export', () => {
  it('JSON that is broken is read up to the fault, and all else goes on', async () => {
    const ingest = createRecordingIngest();
    const good = JSON.stringify(message('1704067200.000100', 'kept'));
    const report = await importFiles(
      {
        ...smallExport,
        'general/2024-01-01.json': `[${good}, {"ts": oops}, ${good.replace('kept', 'after')}]`,
        'general/2024-01-02.json': `[${good.replace('000100', '000200')}, {"ts": "17`,
        'general/2024-01-03.json': { ok: true, messages: [] },
        'general/2024-01-04.json': '<html>Sign in</html>',
        'general/2024-01-05.json': '',
        'general/2024-01-06.json': [7, null, 'x', [], {}, message('1704067200.000300', 'also kept')],
      },
      ingest,
    );
    expect(ingest.texts('C1')).toEqual(['kept', 'kept', 'also kept']);
    expect(ingest.texts('C2')).toEqual(['from the archive']);
    const faults = report.skipped.find(({ why }) => why === 'not valid JSON: read up to the fault');
    expect(faults?.count).toBe(5);
    expect(faults?.what).toContain('general/2024-01-03.json, at byte 0: no list begins here');
    expect(report.skipped).toContainEqual(expect.objectContaining({ why: 'not a Slack message', count: 5 }));
  });

  it('lists that are not what they say leave the rest usable, or are refused as a whole', async () => {
    const ingest = createRecordingIngest();
    const report = await importFiles(
      { ...smallExport, 'users.json': '{}', 'groups.json': [1, { id: '../x' }] },
      ingest,
    );
    expect(report.space.id).toBe('slack:~acme');
    expect(report.skipped).toContainEqual({
      why: 'a folder of no channel that the export lists',
      count: 1,
      what: ['secret'],
    });
    const none = Object.fromEntries(Object.entries(smallExport).filter(([path]) => !/groups|mpims|dms/.test(path)));
    await expect(importFiles({ ...none, 'channels.json': 'no' })).rejects.toMatchObject({ code: 'input' });
  });

  it('50 MB of one line are passed over in little memory', async () => {
    const ingest = createRecordingIngest();
    const folder = await folders.make(smallExport);
    const before = JSON.stringify(message('1704067200.000100', 'before'));
    await makeLongFile(
      join(folder, 'general/2024-01-01.json'),
      `[${before},{"ts":"1704067200.000200","text":"`,
      50 * 1024 ** 2,
      `"},${before.replace('000100', '000300').replace('before', 'after')}]`,
    );
    const report = await importPath(folder, ingest);
    expect(ingest.texts('C1')).toEqual(['before', 'after', 'second <@U2> [docs](https://x.io)']);
    expect(report.skipped).toContainEqual(
      expect.objectContaining({ why: 'an element larger than can be a message', count: 1 }),
    );
  });

  it('invalid UTF-8 is replaced, and told', async () => {
    const ingest = createRecordingIngest();
    const [start, end] = JSON.stringify([message('1704067200.000100', 'caf#')]).split('#');
    const bytes = Buffer.concat([Buffer.from(start ?? ''), Buffer.from([0xe9, 0xff]), Buffer.from(end ?? '')]);
    const report = await importFiles({ ...smallExport, 'old/2023-01-01.json': bytes }, ingest);
    expect(ingest.texts('C2')).toEqual(['caf\uFFFD\uFFFD']);
    expect(report.skipped).toContainEqual({
      why: 'invalid UTF-8 was replaced',
      count: 1,
      what: ['old/2023-01-01.json'],
    });
  });

  it('a damaged file in a zip is read as far as it goes', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'x.zip'), smallExport, { compress: false });
    const bytes = await readFile(zip);
    bytes.write('from the ARCHIVE', bytes.indexOf('from the archive'));
    await writeFile(zip, bytes);
    const report = await importPath(zip, createRecordingIngest());
    expect(report.skipped[0]).toMatchObject({ why: expect.stringMatching('damaged|notice') });
    expect(report.skipped.find(({ why }) => why.startsWith('damaged'))?.what[0]).toContain('old/2023-01-01.json');
  });

  it('names on the report cannot play with a terminal', async () => {
    const folder = await folders.make(smallExport);
    await mkdir(join(folder, '\u001B[31mred\u202E'));
    await writeFile(join(folder, '\u001B[31mred\u202E/2024-01-01.json'), '[]');
    const report = await importPath(folder, createRecordingIngest());
    expect(JSON.stringify(report.skipped)).toContain('\uFFFD[31mred\uFFFD');
  });
});

describe('while it runs', () => {
  it('tells how far it is, by bytes, up to the end', async () => {
    const told: { phase: string; done: number; total: number }[] = [];
    await importFiles(smallExport, undefined, { report: (progress) => told.push(progress) });
    expect(new Set(told.map(({ phase }) => phase))).toEqual(new Set(['people', 'messages']));
    for (const { done, total } of told) expect(done).toBeLessThanOrEqual(total);
    expect(told.at(-1)?.done).toBe(told.at(-1)?.total);
    expect(told.at(-1)?.total).toBeGreaterThan(0);
  });

  it('stops between two batches, and goes on when it is run again', async () => {
    const stop = new AbortController();
    const ingest = createRecordingIngest({ onBatch: (count) => count === 2 && stop.abort() });
    const folder = await folders.make(smallExport);
    await expect(importPath(folder, ingest, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(ingest.batches).toEqual([1, 1]);
    expect(await importPath(folder, ingest)).toMatchObject({ messages: { added: 4, unchanged: 2 } });
  });
});
