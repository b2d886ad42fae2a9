import { readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveLimits } from '../../../src/sync/import/Archive.ts';
import { checkArchivePath } from '../../../src/sync/import/archivePath.ts';
import { openArchive } from '../../../src/sync/import/openArchive.ts';
import { readWhole } from '../../../src/sync/import/readWhole.ts';
import { createSkipLog } from '../../../src/sync/import/SkipLog.ts';
import { makeZip, useFolders } from './makeArchives.ts';

const folders = useFolders();

async function listed(path: string, limits = archiveLimits) {
  const skipped = createSkipLog();
  const archive = await openArchive(path, skipped, limits);
  try {
    const { entries, isWhole } = await archive.list();
    return { paths: entries.map((entry) => entry.path), isWhole, skipped: skipped.list() };
  } finally {
    await archive.close();
  }
}

describe('a folder', () => {
  it('gives its files in order, without hidden ones, packages and links', async () => {
    const folder = await folders.make({ 'b/x.md': 'x', 'a.md': 'a', '.git/config': '', 'node_modules/p/i.md': '' });
    const outside = await folders.make({ 'secret.md': 's' });
    await symlink(join(outside, 'secret.md'), join(folder, 'link.md'));
    await symlink(outside, join(folder, 'linked'));
    const { paths, skipped, isWhole } = await listed(folder);
    expect(paths).toEqual(['a.md', 'b/x.md']);
    expect(isWhole).toBe(true);
    expect(skipped).toEqual([
      { why: 'a symbolic link', count: 2, what: expect.arrayContaining(['link.md', 'linked']) },
      { why: 'hidden, or in node_modules', count: 2, what: expect.arrayContaining(['.git', 'node_modules']) },
    ]);
  });

  it('does not follow what has become a link since it was listed', async () => {
    const folder = await folders.make({ 'a.md': 'a' });
    const archive = await openArchive(folder, createSkipLog());
    await symlink(join(folder, 'a.md'), join(folder, 'late.md'));
    await expect(readWhole(archive, 'late.md', 10)).rejects.toMatchObject({ code: 'input' });
  });

  it('with too many files is refused', async () => {
    const folder = await folders.make({ a: '', b: '', c: '' });
    await expect(listed(folder, { ...archiveLimits, maxEntries: 2 })).rejects.toMatchObject({ code: 'input' });
  });
});

describe('a zip', () => {
  it('gives the files that are in it, without unpacking it', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'x.zip'), {
      'top/b.md': 'bé',
      'top/a.md': 'a'.repeat(200_000),
      '__MACOSX/._a': '',
    });
    const archive = await openArchive(zip, createSkipLog());
    expect((await archive.list()).entries).toEqual([
      { path: 'top/a.md', sizeBytes: 200_000 },
      { path: 'top/b.md', sizeBytes: 3 },
    ]);
    expect(Buffer.from(await readWhole(archive, 'top/b.md', 10)).toString()).toBe('bé');
    expect((await readWhole(archive, 'top/a.md', 200_000)).length).toBe(200_000);
    await expect(readWhole(archive, 'top/a.md', 199_999)).rejects.toMatchObject({ code: 'input' });
    await archive.close();
    await archive.close();
  });

  it('has names that lead out refused, one by one', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'x.zip'), {
      '../evil.md': 'e',
      'a/../../evil.md': 'e',
      '/etc/evil.md': 'e',
      'C:/evil.md': 'e',
      'a\\evil.md': 'e',
      'good.md': 'g',
    });
    const { paths, skipped } = await listed(zip);
    expect(paths).toEqual(['good.md']);
    expect(skipped.map(({ why, count }) => [why, count])).toEqual([
      ['a name with ../ that leads out of the archive', 2],
      ['an absolute path', 2],
      ['a name with backslashes', 1],
    ]);
  });

  it('has links refused', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'x.zip'), { 'passwd.md': '/etc/passwd' }, { mode: 0o120777 });
    expect(await listed(zip)).toMatchObject({ paths: [], skipped: [{ why: 'a symbolic link', count: 1 }] });
  });

  it('that was cut off is refused in one sentence', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'x.zip'), { 'a.md': 'a'.repeat(5000), 'b.md': 'b' });
    const { length } = await readFile(zip);
    for (const size of [length - 1, length - 30, 60, 5]) {
      await truncate(zip, size);
      await expect(listed(zip)).rejects.toMatchObject({
        code: 'input',
        message: expect.stringContaining('not a whole zip file'),
      });
    }
    await writeFile(zip, 'plain text');
    await expect(listed(zip)).rejects.toMatchObject({ message: expect.stringContaining('is not a zip file') });
    await truncate(zip, 0);
    await expect(listed(zip)).rejects.toMatchObject({ code: 'input' });
  });

  it('whose bytes were changed is never read as if they were whole', async () => {
    const folder = await folders.make();
    const files = { 'a.md': 'some words that are packed, some words that are packed', 'b.md': 'other words' };
    const zip = await makeZip(join(folder, 'x.zip'), files);
    const bytes = await readFile(zip);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const broken = Buffer.from(bytes);
        broken[at] = (broken[at] ?? 0) ^ change;
        await writeFile(zip, broken);
        try {
          const archive = await openArchive(zip, createSkipLog());
          try {
            for (const { path } of (await archive.list()).entries) {
              const text = Buffer.from(await readWhole(archive, path, 1000)).toString();
              expect(Object.values(files)).toContain(text);
            }
          } finally {
            await archive.close();
          }
        } catch (error) {
          expect(error).toMatchObject({ name: 'BackscrollError', code: 'input' });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('that would grow too much is refused, by what it says and by what it does', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'bomb.zip'), { 'bomb.md': Buffer.alloc(4_000_000), 'small.md': 's' });
    const limits = { ...archiveLimits, minBombBytes: 1_000_000 };
    expect(await listed(zip, limits)).toMatchObject({
      paths: ['small.md'],
      skipped: [{ why: 'it would grow too much: a zip bomb', what: ['bomb.md'] }],
    });
    await expect(listed(zip, { ...archiveLimits, maxTotalBytes: 3_000_000 })).rejects.toMatchObject({ code: 'input' });

    // The directory says 1,000 bytes: what comes beyond is not taken.
    const bytes = await readFile(zip);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(4_000_000);
    for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at)) bytes.writeUInt32LE(1_000, at);
    await writeFile(zip, bytes);
    const archive = await openArchive(zip, createSkipLog(), limits);
    await expect(readWhole(archive, 'bomb.md', 1e9)).rejects.toMatchObject({
      message: expect.stringContaining('zip bomb'),
    });
    await archive.close();
  });

  it('with files that overlap is refused', async () => {
    const folder = await folders.make();
    const zip = await makeZip(
      join(folder, 'x.zip'),
      { 'a.md': Buffer.alloc(500, 'ab'), 'b.md': 'b' },
      { compress: false },
    );
    const bytes = await readFile(zip);
    const last = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(800, last + 20);
    bytes.writeUInt32LE(800, last + 24);
    await writeFile(zip, bytes);
    await expect(listed(zip)).rejects.toMatchObject({ message: expect.stringContaining('overlap') });
  });

  it('that is encrypted says so', async () => {
    const folder = await folders.make();
    const zip = await makeZip(join(folder, 'x.zip'), { 'a.md': 'a' });
    const bytes = await readFile(zip);
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) | 1, directory + 8);
    await writeFile(zip, bytes);
    await expect(listed(zip)).rejects.toMatchObject({ message: expect.stringContaining('is encrypted') });
  });
});

describe('a path', () => {
  it('that is empty, missing or no file is wrong usage', async () => {
    const folder = await folders.make();
    for (const path of ['', '  ', join(folder, 'nothing'), join(folder, 'a\0b'), '/dev/null']) {
      await expect(listed(path)).rejects.toMatchObject({ name: 'BackscrollError', code: 'usage' });
    }
  });

  it('from a zip never leaves the archive', () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'C:', '\\', '/', '\0', 'b.md');
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('/')),
        (name) => {
          const checked = checkArchivePath(name);
          if ('path' in checked) expect(join('/root', checked.path)).toBe(`/root/${checked.path}`);
        },
      ),
    );
  });
});
