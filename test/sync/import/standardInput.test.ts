import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readerFor } from '../../../src/knowledge/read/readFileAs.ts';
import { runImport } from '../../../src/sync/import/runImport.ts';
import { spoolInput, sweepSpool } from '../../../src/sync/import/spoolInput.ts';
import { makeDocx, paragraph } from '../../knowledge/read/makeDocx.ts';
import { makePdf } from '../../knowledge/read/makePdf.ts';
import { smallGuild } from './discordFixture.ts';
import { makeZip, useFolders } from './makeArchives.ts';
import { reading } from './pageReading.ts';
import { createRecordingIngest } from './recordingIngest.ts';

const folders = useFolders();
const canRead = (path: string) => readerFor(path) !== undefined;

async function* inPieces(bytes: Buffer, size = 1_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const spool = async (content: Buffer | string, more: { home?: string; name?: string; maxBytes?: number } = {}) =>
  spoolInput(inPieces(Buffer.from(content)), {
    home: more.home ?? (await folders.make()),
    maxBytes: more.maxBytes ?? 10 * 1024 ** 2,
    name: more.name,
    canRead,
  });
const pdf = makePdf([[{ text: 'Travel rules', y: 700, size: 20 }]]);

describe('what comes by standard input', () => {
  it.each<[string, () => Promise<Buffer | string> | Buffer | string, string | undefined, string]>([
    ['a PDF', () => pdf, undefined, '.pdf'],
    ['a PDF, whatever it is called', () => pdf, 'notes.md', '.pdf'],
    ['a Word document', () => makeDocx(paragraph('x')), undefined, '.docx'],
    [
      'a zip',
      async () => readFile(await makeZip(join(await folders.make(), 'x.zip'), { 'a.md': 'a' })),
      'x.docx',
      '.zip',
    ],
    ['half a zip', () => 'PK\x03\x04half', undefined, '.zip'],
    ['HTML', () => '\uFEFF\n<!-- saved -->\n<!DOCTYPE html><html>', undefined, '.html'],
    ['XHTML', () => '<?xml version="1.0"?>\n<html>', undefined, '.html'],
    ['JSON', () => ' {"guild": 1}', undefined, '.json'],
    ['Markdown', () => '# Title', undefined, '.md'],
    ['text with a bracket', () => '[1] A footnote', undefined, '.md'],
    ['a table, by its name', () => 'a,b\n1,2', 'phones.csv', '.csv'],
    ['a name with a dot', () => 'text', 'Release 2.0', '.md'],
  ])('is known for what it is: %s', async (_, content, name, extension) => {
    const { path } = await spool(await content(), name === undefined ? {} : { name });
    expect(basename(path)).toBe(`standard-input${extension}`);
  });

  it('lies in the home meanwhile, for its owner alone, and is taken away', async () => {
    const home = await folders.make();
    const { path, remove } = await spool('a secret', { home });
    expect(await readFile(path, 'utf8')).toBe('a secret');
    expect(path.startsWith(join(home, 'spool'))).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
    await remove();
    expect(await readdir(join(home, 'spool'))).toEqual([]);
  });

  it.each([
    ['nothing', '', 'usage', /^Nothing came by standard input/],
    [
      'too much',
      'x'.repeat(3 * 1024 ** 2),
      'input',
      /^More than 2 MB came by standard input \(import\.inputMegabytes\)/,
    ],
  ])('is refused if it is %s, and nothing stays', async (_, content, code, message) => {
    const home = await folders.make();
    const spooling = spool(content, { home, maxBytes: 2 * 1024 ** 2 });
    await expect(spooling).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await readdir(join(home, 'spool'))).toEqual([]);
  });

  it('is swept away when the process that brought it is no more', async () => {
    const home = await folders.make();
    const mine = await spool('still needed', { home });
    // No process has a number beyond what the kernel gives out.
    const dead = join(home, 'spool', '9999999999-00000000-0000-0000-0000-000000000000');
    await mkdir(dead);
    await writeFile(join(dead, 'standard-input.md'), 'left over');
    await sweepSpool(home);
    expect(await readdir(join(home, 'spool'))).toEqual([basename(join(mine.path, '..'))]);
    await sweepSpool(await folders.make());
  });
});

describe('a document from standard input', () => {
  const importInput = async (
    content: Buffer | string,
    ingest = createRecordingIngest(),
    more: { name?: string; baseUrl?: string } = {},
  ) => {
    const { name, baseUrl } = more;
    const { path } = await spool(content, name === undefined ? {} : { name });
    return runImport({
      path,
      spaceName: 'Office',
      ingest,
      resolveSpace: async () => undefined,
      reading,
      signal: new AbortController().signal,
      input: name === undefined ? {} : { name },
      ...(baseUrl === undefined ? {} : { baseUrl }),
    });
  };

  it('is known by the name it is given, and replaced by what comes under it again', async () => {
    const ingest = createRecordingIngest();
    expect(await importInput(pdf, ingest, { name: 'Guide' })).toMatchObject({
      kind: 'documents',
      sentence: 'standard input holds one document.',
      pages: { added: 1 },
    });
    expect(await importInput('# Other words', ingest, { name: 'Guide' })).toMatchObject({ pages: { added: 0 } });
    expect([...(ingest.sources.get('Guide')?.pages ?? [])]).toEqual([
      ['Guide', { title: 'Guide', url: 'stdin:Guide' }],
    ]);
  });

  it('without a name is known by its title, beside others', async () => {
    const ingest = createRecordingIngest();
    await importInput(pdf, ingest);
    await importInput('# Fire drill', ingest);
    await importInput('no title', ingest);
    expect([...(ingest.sources.get('standard input')?.pages.keys() ?? [])]).toEqual([
      'Travel rules',
      'Fire drill',
      'standard input',
    ]);
  });

  it('is cited by the address that is given', async () => {
    const ingest = createRecordingIngest();
    await importInput(pdf, ingest, { baseUrl: 'https://x.io/guide' });
    expect(ingest.sources.get('standard input')?.pages.get('Travel rules')?.url).toBe('https://x.io/guide');
  });

  it('may be a zip, of documents or an export; without a name nothing is taken away that is not in it', async () => {
    const ingest = createRecordingIngest();
    const zip = async (files: Parameters<typeof makeZip>[1]) =>
      readFile(await makeZip(join(await folders.make(), 'x.zip'), files));
    await importInput(await zip({ 'docs/a.md': 'a', 'docs/b.md': 'b' }), ingest);
    await importInput(await zip({ 'docs/b.md': 'b' }), ingest);
    expect([...(ingest.sources.get('standard input')?.pages ?? [])]).toEqual([
      ['a.md', { title: 'a', url: 'stdin:standard%20input#docs/a.md' }],
      ['b.md', { title: 'b', url: 'stdin:standard%20input#docs/b.md' }],
    ]);
    expect(await importInput(await zip(smallGuild), ingest)).toMatchObject({ kind: 'discord', messages: { added: 8 } });
  });

  it('that is nothing we know costs one sentence, which does not name our files', async () => {
    await expect(importInput('{"a": 1}')).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(/^standard input holds nothing that can be imported/),
    });
    await expect(importInput('PK\x03\x04half')).rejects.toMatchObject({
      message: expect.stringMatching(/^standard input is not a whole zip file/),
    });
  });
});
