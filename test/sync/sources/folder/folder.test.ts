import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceFacts } from '../../../../src/knowledge/ingest/Ingest.ts';
import { createFolderSource } from '../../../../src/sync/sources/folder/createFolderSource.ts';
import { reading } from '../../import/pageReading.ts';
import { openTestSources, type TestSources } from '../openTestSources.ts';

let test: TestSources;
let folder: string;
let opened: string[];
let place: SourceFacts;
beforeEach(async () => {
  test = await openTestSources();
  folder = mkdtempSync(join(tmpdir(), 'backscroll-folder-'));
  opened = [];
  const audience = { kind: 'everybody' } as const;
  place = { spaceId: test.spaceId, kind: 'folder', key: 'Handbook', name: 'Handbook', audience };
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await test.close();
});

let seconds = 0;
function write(path: string, text: string | Uint8Array) {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  // Two writes within one tick of the file system's clock are two all the same.
  utimesSync(file, ++seconds, seconds);
}
function run() {
  const settings = { path: folder, cron: '* * * * *', staleAfterMs: 60_000, maxDocumentBytes: 10_000 };
  const watched = {
    ...reading,
    read: (document: Parameters<typeof reading.read>[0]) => {
      opened.push(document.path);
      return reading.read(document);
    },
  };
  return test.run(createFolderSource(place, { ...settings, url: 'https://docs.example/handbook' }, watched));
}
const read = () => [...new Set(test.pages().map(({ document }) => document))].sort();
const words = () =>
  test
    .pages()
    .map(({ text }) => text)
    .join('\n');

describe('a folder', () => {
  it('is read, and then only what changed in it', async () => {
    write('a.md', '# A\n\nAlpha words.');
    write('deep/b.txt', 'Beta words.');
    write('c.bin', 'no document');
    await run();
    expect(read()).toEqual(['a.md', 'deep/b.txt']);
    expect(test.pages()[0]?.url).toContain('https://docs.example/handbook/a.md');
    opened = [];
    await run();
    expect(opened).toEqual([]);
    write('a.md', '# A\n\nAlpha, second edition.');
    await run();
    expect(opened).toEqual(['a.md']);
    expect(words()).toContain('second edition');
    expect(words()).not.toContain('Alpha words');
  });

  it('costs nothing when a file is only touched', async () => {
    write('a.md', '# A\n\nAlpha words.');
    await run();
    write('a.md', '# A\n\nAlpha words.');
    opened = [];
    expect((await run()).pages).toMatchObject({ changed: 0, unchanged: 1 });
    expect(opened).toEqual([]);
  });

  it('loses what is deleted from it, and follows what is moved', async () => {
    write('a.md', 'Alpha words.');
    write('b.md', 'Beta words.');
    await run();
    rmSync(join(folder, 'a.md'));
    renameSync(join(folder, 'b.md'), join(folder, 'c.md'));
    await run();
    expect(read()).toEqual(['c.md']);
  });

  it('names what cannot be read, once it has changed again, and goes on', async () => {
    write('broken.md', Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0, 1, 2]));
    write('large.md', 'x'.repeat(20_000));
    write('good.md', 'Good words.');
    expect(await run()).toMatchObject({ failures: 2 });
    expect(read()).toEqual(['good.md']);
    expect((await run()).failures).toBe(0);
    expect(test.failures()).toHaveLength(2);
    write('broken.md', 'Mended words.');
    await run();
    expect(test.failures()).toHaveLength(1);
  });

  it('follows no link out of itself', async () => {
    const secret = mkdtempSync(join(tmpdir(), 'backscroll-secret-'));
    writeFileSync(join(secret, 'secret.md'), 'Secret words.');
    symlinkSync(join(secret, 'secret.md'), join(folder, 'link.md'));
    symlinkSync(secret, join(folder, 'away'));
    write('a.md', 'Alpha words.');
    await run();
    expect(read()).toEqual(['a.md']);
    rmSync(secret, { recursive: true });
  });

  it('that is not there any more is said, and nothing of it is taken away', async () => {
    write('a.md', 'Alpha words.');
    await run();
    rmSync(folder, { recursive: true });
    expect((await run()).error).toMatch(/nothing at/);
    expect(read()).toEqual(['a.md']);
  });

  it.runIf(process.getuid?.() !== 0)('of which a part cannot be opened loses nothing', async () => {
    write('deep/b.md', 'Beta words.');
    await run();
    chmodSync(join(folder, 'deep'), 0);
    expect((await run()).error).toMatch(/cannot be listed/);
    chmodSync(join(folder, 'deep'), 0o700);
    expect(read()).toEqual(['deep/b.md']);
  });
});
