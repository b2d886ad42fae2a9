import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ImportOrder, runImport } from '../../../src/sync/import/runImport.ts';
import { makeDocx, paragraph } from '../../knowledge/read/makeDocx.ts';
import { makePdf } from '../../knowledge/read/makePdf.ts';
import { smallGuild } from './discordFixture.ts';
import { makeZip, useFolders } from './makeArchives.ts';
import { reading } from './pageReading.ts';
import { createRecordingIngest } from './recordingIngest.ts';

const folders = useFolders();
const importPath = (path: string, ingest = createRecordingIngest(), more: Partial<ImportOrder> = {}) =>
  runImport({
    path,
    spaceName: 'Office',
    ingest,
    resolveSpace: async () => undefined,
    reading,
    signal: new AbortController().signal,
    ...more,
  });

const good = async () => ({
  'travel.pdf': makePdf([[{ text: 'Travel rules', y: 700, size: 20 }]]),
  'canteen.docx': await makeDocx(paragraph('Canteen', 'Heading1')),
  'phones.csv': 'name,phone\nAda,1',
  'rooms.tsv': 'room\tseats\nB12\t4',
  'notes.md': '# Notes',
  'old.html': '<title>Old</title><p>text',
  'log.txt': 'text',
});
const titles = {
  'canteen.docx': 'Canteen',
  'log.txt': 'log',
  'notes.md': 'Notes',
  'old.html': 'Old',
  'phones.csv': 'phones',
  'rooms.tsv': 'rooms',
  'travel.pdf': 'Travel rules',
};

describe('every kind of document', () => {
  it.each(Object.keys(titles) as (keyof typeof titles)[])('alone: %s', async (name) => {
    const folder = await folders.make({ [name]: (await good())[name] });
    const ingest = createRecordingIngest();
    const report = await importPath(join(folder, name), ingest);
    expect(report).toMatchObject({ kind: 'documents', pages: { added: 1 }, notes: [], skipped: [] });
    expect(ingest.sources.get(name)?.pages.get(name)).toEqual({
      title: titles[name],
      url: pathToFileURL(join(folder, name)).href,
    });
  });

  it('together, in a folder and in a zip', async () => {
    const files = await good();
    for (const path of [await folders.make(files), await makeZip(join(await folders.make(), 'all.zip'), files)]) {
      const ingest = createRecordingIngest();
      expect(await importPath(path, ingest)).toMatchObject({ kind: 'documents', pages: { added: 7 }, skipped: [] });
      const pages = [...ingest.sources.values()][0]?.pages ?? [];
      expect(Object.fromEntries([...pages].map(([key, { title }]) => [key, title]))).toEqual(titles);
    }
  });

  it('together with an export, in one zip', async () => {
    const zip = await makeZip(join(await folders.make(), 'all.zip'), { ...(await good()), ...smallGuild });
    expect(await importPath(zip)).toMatchObject({ kind: 'discord', messages: { added: 8 }, pages: { added: 7 } });
  });

  it.each<[string, string | Buffer, Partial<ImportOrder>, RegExp]>([
    ['scan.pdf', makePdf([[]]), {}, /^scan\.pdf has no text/],
    ['empty.pdf', '', {}, /^empty\.pdf is empty/],
    ['empty.docx', '', {}, /^empty\.docx is empty/],
    ['empty.md', ' \n', {}, /^empty\.md is empty/],
    ['none.pdf', makePdf([]), {}, /^none\.pdf has no pages/],
    ['line.csv', 'a,b'.repeat(200_000), {}, /^line\.csv has a row of more than/],
    ['long.txt', 'text', { maxDocumentBytes: 3 }, /^long\.txt has 0\.0 MB; at most .* \(import\.fileMegabytes\)/],
  ])('a bad one alone is refused, and no space is made for it: %s', async (name, content, more, sentence) => {
    const folder = await folders.make({ [name]: content });
    const ingest = createRecordingIngest();
    const refused = expect.objectContaining({ code: 'input', message: expect.stringMatching(sentence) });
    await expect(importPath(join(folder, name), ingest, more)).rejects.toEqual(refused);
    expect([ingest.spaces.size, ingest.sources.size]).toEqual([0, 0]);
  });

  it('a bad one leaves what was read of it before', async () => {
    const folder = await folders.make({ 'phones.csv': 'name,phone\nAda,1' });
    const ingest = createRecordingIngest();
    await importPath(join(folder, 'phones.csv'), ingest);
    await writeFile(join(folder, 'phones.csv'), Buffer.from([1, 0, 2, 0, 0, 255]));
    await expect(importPath(join(folder, 'phones.csv'), ingest)).rejects.toMatchObject({ code: 'input' });
    expect([...(ingest.sources.get('phones.csv')?.pages.keys() ?? [])]).toEqual(['phones.csv']);
  });

  it('the bad ones cost a sentence each, and nothing else', async () => {
    const files = await good();
    const folder = await folders.make({
      ...files,
      'scan.pdf': makePdf([[]]),
      'cut.docx': files['canteen.docx'].subarray(0, 300),
      'really.pdf': 'text',
      'line.csv': 'a,b'.repeat(200_000),
      'song.mp3': 'ID3',
      'blank.csv': '\n',
    });
    const report = await importPath(folder);
    expect(report).toMatchObject({ pages: { added: 8 } });
    expect(report.skipped).toEqual([
      {
        why: 'could not be read',
        count: 4,
        what: [
          expect.stringMatching(/^cut\.docx: cut\.docx is damaged/),
          expect.stringMatching(/^line\.csv: line\.csv has a row of more than/),
          expect.stringMatching(/^really\.pdf: really\.pdf is not a PDF/),
          expect.stringMatching(/^scan\.pdf: scan\.pdf has no text/),
        ],
      },
      { why: 'empty: no words in it', count: 1, what: ['blank.csv'] },
      { why: 'not a kind of document that can be read', count: 1, what: ['song.mp3'] },
    ]);
  });
});
