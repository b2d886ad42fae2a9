import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BackscrollError } from '../../../src/base/BackscrollError.ts';
import { type ImportOrder, runImport } from '../../../src/sync/import/runImport.ts';
import { makeLongFile, makeZip, useFolders } from './makeArchives.ts';
import { reading } from './pageReading.ts';
import { createRecordingIngest, type RecordingIngest } from './recordingIngest.ts';
import { smallExport } from './slackFixture.ts';

const folders = useFolders();

const binary = Buffer.from([1, 0, 2, 0, 0, 255]);
const naming = (url: string) => `---\nurl: ${url}\n---\ntext`;

const importPath = (path: string, ingest: RecordingIngest, more: Partial<ImportOrder> = {}) =>
  runImport({
    path,
    spaceName: 'Our Handbook',
    ingest,
    resolveSpace: async () => undefined,
    reading,
    signal: new AbortController().signal,
    ...more,
  });
const onlySource = (ingest: RecordingIngest) => [...ingest.sources.values()][0];

describe('a folder of documents', () => {
  it('becomes a source of a local space, with a page for each document', async () => {
    const folder = await folders.make({ 'a b.md': '# A', 'sub/c#.txt': 'c', 'image.png': binary });
    const ingest = createRecordingIngest();
    const report = await importPath(folder, ingest);
    expect(report).toMatchObject({
      kind: 'documents',
      space: { id: 'local:our-handbook', platform: 'local', name: 'Our Handbook' },
      sources: 1,
      pages: { added: 2 },
      skipped: [{ why: 'not a kind of document that can be read', count: 1, what: ['image.png'] }],
    });
    expect(onlySource(ingest)).toMatchObject({
      kind: 'folder',
      key: basename(folder),
      audience: { kind: 'everybody' },
    });
    const here = pathToFileURL(folder).href;
    expect(Object.fromEntries(onlySource(ingest)?.pages ?? [])).toEqual({
      'a b.md': { title: 'A', url: `${here}/a%20b.md` },
      'sub/c#.txt': { title: 'c#', url: `${here}/sub/c%23.txt` },
    });
  });

  it('is read into the space that has the name already', async () => {
    const ingest = createRecordingIngest();
    const resolveSpace = async () => ({ id: 'slack:T1', platform: 'slack' });
    const folder = await folders.make({ 'a.md': 'a' });
    expect(await importPath(folder, ingest, { resolveSpace })).toMatchObject({
      space: { id: 'slack:T1', platform: 'slack' },
    });
  });

  it('is cited by the address that a document names, else by that of the folder', async () => {
    const folder = await folders.make({
      'a.md': naming('https://x.io/a'),
      'b.md': naming('https://x.io/a'),
      'c.md': naming('javascript:alert(1)'),
      'd.md': 'd',
    });
    const ingest = createRecordingIngest();
    await importPath(folder, ingest, { baseUrl: 'https://docs.io/guide/' });
    const urls = [...(onlySource(ingest)?.pages ?? [])].map(([key, { url }]) => [key, url]);
    expect(urls).toEqual([
      ['a.md', 'https://x.io/a'],
      ['b.md', 'https://x.io/a'],
      ['c.md', 'https://docs.io/guide/c.md'],
      ['d.md', 'https://docs.io/guide/d.md'],
    ]);
    await expect(importPath(folder, ingest, { baseUrl: 'docs.io' })).rejects.toMatchObject({ code: 'usage' });
  });

  it('loses the pages whose files are gone, and none that can only not be read this time', async () => {
    const folder = await folders.make({ 'a.md': 'a', 'b.md': naming('https://x.io/b'), 'c.md': 'c' });
    const ingest = createRecordingIngest();
    await importPath(folder, ingest);
    await rm(join(folder, 'a.md'));
    await writeFile(join(folder, 'b.md'), binary);
    const report = await importPath(folder, ingest);
    expect(report).toMatchObject({ pages: { added: 0, unchanged: 1, removed: 1 } });
    expect(report.skipped).toEqual([{ why: 'could not be read', count: 1, what: [expect.stringMatching(/^b\.md: /)] }]);
    expect([...(onlySource(ingest)?.pages.keys() ?? [])]).toEqual(['b.md', 'c.md']);
  });

  it('that is a link keeps its own name, whatever it points to', async () => {
    const folder = await folders.make({ 'v1/a.md': 'a', 'v2/a.md': 'a' });
    const current = join(folder, 'current');
    const ingest = createRecordingIngest();
    for (const version of ['v1', 'v2']) {
      await rm(current, { force: true });
      await symlink(join(folder, version), current);
      await importPath(current, ingest);
    }
    expect(onlySource(ingest)).toMatchObject({ key: 'current', name: 'current' });
  });

  it('goes to a space of its own, though another name would be spelled the same', async () => {
    const folder = await folders.make({ 'a.md': 'a' });
    const ingest = createRecordingIngest();
    const resolveSpace = async (name: string) => (name === 'local:r-d' ? { id: name, platform: 'local' } : undefined);
    const { space } = await importPath(folder, ingest, { spaceName: 'R&D', resolveSpace });
    expect(space.id).toMatch(/^local:r-d-[0-9a-f]{8}$/);
  });

  it('keeps all pages while a part of it cannot be listed', async () => {
    const folder = await folders.make({ 'a.md': 'a', 'b.md': 'b' });
    const ingest = createRecordingIngest();
    await importPath(folder, ingest);
    await rm(join(folder, 'a.md'));
    await mkdir(join(folder, 'deep/'.repeat(70)), { recursive: true });
    const report = await importPath(folder, ingest);
    expect(report).toMatchObject({ pages: { removed: 0 }, skipped: [{ why: 'deeper than 64 folders', count: 1 }] });
  });

  it('leaves out what is too large or binary', async () => {
    const folder = await folders.make({
      'a.md': 'a',
      'b.md': binary,
      'utf16.txt': Buffer.from('\uFEFFok', 'utf16le'),
    });
    await makeLongFile(join(folder, 'long.md'), '', 50 * 1024 ** 2, '');
    const report = await importPath(folder, createRecordingIngest());
    expect(report.pages.added).toBe(2);
    expect(report.skipped.map(({ why }) => why)).toEqual(['could not be read', 'larger than a document may be']);
  });

  it('has no size that is too large for the bytes that are counted', async () => {
    const told: { done: number; total: number }[] = [];
    const folder = await folders.make({ 'a.md': 'a'.repeat(10), 'b.md': binary });
    await importPath(folder, createRecordingIngest(), { report: (progress) => told.push(progress) });
    expect(told.at(-1)).toMatchObject({ phase: 'documents', done: 16, total: 16, unit: 'bytes' });
  });

  it('does not hide a fault of ours among what is skipped', async () => {
    const folder = await folders.make({ 'a.md': 'a' });
    const broken = { ...reading, read: async () => Promise.reject(new BackscrollError('internal', 'a bug')) };
    await expect(importPath(folder, createRecordingIngest(), { reading: broken })).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('stops between two documents', async () => {
    const stop = new AbortController();
    const folder = await folders.make({ 'a.md': 'a', 'b.md': 'b' });
    const stopping: ImportOrder['reading'] = {
      ...reading,
      async read(document) {
        stop.abort();
        return reading.read(document);
      },
    };
    const ingest = createRecordingIngest();
    await expect(importPath(folder, ingest, { reading: stopping, signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(onlySource(ingest)?.pages.size).toBe(1);
  });
});

describe('documents in other wrappings', () => {
  it('a zip of a folder is the folder', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'download (1).zip'), { 'guide/a.md': '# A', 'guide/sub/b.md': 'b' });
    const ingest = createRecordingIngest();
    await importPath(zip, ingest);
    expect(onlySource(ingest)).toMatchObject({ key: 'guide', name: 'guide' });
    expect(Object.fromEntries(onlySource(ingest)?.pages ?? [])).toEqual({
      'a.md': { title: 'A', url: `${pathToFileURL(zip).href}#guide/a.md` },
      'sub/b.md': { title: 'b', url: `${pathToFileURL(zip).href}#guide/sub/b.md` },
    });
  });

  it('a single file is a source of its own', async () => {
    const folder = await folders.make({ 'notes.md': '# Notes', 'other.md': 'o' });
    const ingest = createRecordingIngest();
    const path = join(folder, 'notes.md');
    expect(await importPath(path, ingest)).toMatchObject({ kind: 'documents', pages: { added: 1, removed: 0 } });
    expect(onlySource(ingest)).toMatchObject({ key: 'notes.md', name: 'notes.md' });
    expect(onlySource(ingest)?.pages.get('notes.md')).toEqual({ title: 'Notes', url: pathToFileURL(path).href });
  });
});

describe('what cannot be imported', () => {
  it('is told with what it is and what is understood, and nothing is taken in', async () => {
    const ingest = createRecordingIngest();
    for (const files of [{}, { 'x.png': 'x' }, { 'messages.json': [] }]) {
      await expect(importPath(await folders.make(files), ingest)).rejects.toMatchObject({
        code: 'input',
        message: expect.stringMatching(/holds nothing that can be imported: .*channels\.json.*\.md/),
      });
    }
    const two = await folders.make();
    for (const name of ['one', 'two']) {
      await mkdir(join(two, name));
      for (const file of ['users.json', 'channels.json'])
        await writeFile(join(two, name, file), JSON.stringify(smallExport[file]));
    }
    await expect(importPath(two, ingest)).rejects.toMatchObject({
      message: expect.stringContaining('several Slack exports'),
    });
    expect(ingest.spaces.size).toBe(0);
  });

  it('is a name for the space without a letter', async () => {
    const folder = await folders.make({ 'a.md': 'a' });
    for (const spaceName of ['', '  ', '🎉']) {
      await expect(importPath(folder, createRecordingIngest(), { spaceName })).rejects.toMatchObject({ code: 'usage' });
    }
    const report = await importPath(folder, createRecordingIngest(), { spaceName: ' Größe & 形 ' });
    expect(report.space).toEqual({ id: 'local:größe-形', platform: 'local', name: 'Größe & 形' });
    expect(await readFile(join(folder, 'a.md'), 'utf8')).toBe('a');
  });
});
