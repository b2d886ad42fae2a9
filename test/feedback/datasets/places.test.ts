import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolders, type Folders } from '../../../src/feedback/datasets/folder/createFolders.ts';
import { readManifest } from '../../../src/feedback/datasets/folder/lookAt.ts';
import { type OpenPreferences, openPreferences, votesOn } from '../openPreferences.ts';

let open: OpenPreferences;
let home: string;
const take = (count: number) => open.take(Array.from({ length: count }, (_, i) => votesOn(i, 'up')).flat());
beforeEach(async () => {
  open = await openPreferences();
  home = open.folder;
  await take(12);
});
afterEach(() => open.close());

const hiddenIn = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith('.'));
/** What the next process on this home would use: it remembers nothing of this one. */
const nextProcess = (): Folders =>
  createFolders({ places: open.store.datasetPlaces, datasets: open.store.datasets, home });
const refused = async (out: string, why: RegExp) =>
  expect(open.make('sft', { out })).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(why) });

describe('a link', () => {
  let real: string;
  beforeEach(async () => {
    real = join(home, 'large disk', 'sft');
    await mkdir(join(home, 'large disk'));
  });

  it('that took the place of a dataset is followed: the earlier one is replaced where it lies', async () => {
    const { folder, manifest } = await open.make('sft');
    await rename(folder, real);
    await symlink(real, folder);
    await take(20);
    const again = await open.make('sft');
    expect(again).toMatchObject({ folder, replaced: manifest.id });
    expect(await readlink(folder)).toBe(real);
    expect(readManifest(real)?.id).toBe(again.manifest.id);
    expect(open.store.datasets.list()).toMatchObject([{ folder: real, id: again.manifest.id }]);
    expect([await hiddenIn(home), await hiddenIn(join(home, 'large disk'))]).toEqual([[], []]);
  });

  it('above a place that is not there yet is followed too', async () => {
    await symlink(join(home, 'large disk'), join(home, 'short'));
    const { folder } = await open.make('sft', { out: join(home, 'short', 'new', 'sft') });
    expect(folder).toBe(join(home, 'short', 'new', 'sft'));
    expect(open.store.datasets.list()).toMatchObject([{ folder: join(home, 'large disk', 'new', 'sft') }]);
  });

  it('to nothing is refused', async () => {
    await symlink(join(home, 'nowhere'), join(home, 'sft'));
    await refused(join(home, 'sft'), /a link to something that is not there/);
    await refused(join(home, 'sft', 'below'), /a link to something that is not there/);
    expect(await readlink(join(home, 'sft'))).toBe(join(home, 'nowhere'));
  });
});

describe('a place that is never a dataset’s', () => {
  it('is refused in words, and nothing is touched', async () => {
    const before = await readdir(home);
    await refused('', /names no folder/);
    await refused('/', /a whole disk/);
    await refused(home, /the home of Backscroll/);
    await refused(join(home, 'backscroll.db'), /A folder cannot be made/);
    await refused(process.cwd(), /the folder that Backscroll runs in/);
    if (process.platform === 'linux') {
      await refused('/proc', /where a disk is mounted/);
      await refused('/proc/x/y', /A folder cannot be made at \/proc\/x\/y \(ENOENT\)/);
      await refused('/dev/null/sft', /A folder cannot be made/);
    }
    expect(await readdir(home)).toEqual(before);
    // Whoever comes next does not wait for any of these.
    expect((await open.make('sft')).manifest.rows.train).toBeGreaterThan(0);
  });
});

describe('what came to stand in the place while the dataset was made', () => {
  const out = () => join(home, 'sft');
  const isAsItWas = async () => {
    expect(await hiddenIn(home)).toEqual([]);
    expect(open.store.datasetPlaces.list()).toEqual([]);
  };

  it('stays: a folder of somebody’s', async () => {
    const folder = await nextProcess().take(out(), 'sft');
    await mkdir(out());
    await writeFile(join(out(), 'thesis.txt'), 'years of work');
    await expect(folder.put()).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(/thesis\.txt/) });
    await folder.giveUp();
    expect(await readFile(join(out(), 'thesis.txt'), 'utf8')).toBe('years of work');
    await isAsItWas();
  });

  it('stays: a file of somebody’s in the earlier dataset', async () => {
    const { manifest } = await open.make('sft');
    const folder = await nextProcess().take(out(), 'sft');
    await writeFile(join(out(), 'notes.txt'), 'mine');
    await expect(folder.put()).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(/notes\.txt/) });
    await folder.giveUp();
    expect([readManifest(out())?.id, existsSync(join(out(), 'notes.txt'))]).toEqual([manifest.id, true]);
    await isAsItWas();
  });

  it('stays: another dataset, a link, a file', async () => {
    await open.make('kto', { out: join(home, 'other') });
    for (const appears of [
      () => rename(join(home, 'other'), out()),
      () => symlink(join(home, 'other'), out()),
      () => writeFile(out(), 'a file'),
    ]) {
      const folder = await nextProcess().take(out(), 'sft');
      await appears();
      await expect(folder.put()).rejects.toMatchObject({});
      await folder.giveUp();
      expect(await readdir(home)).toContain('sft');
      await rm(out(), { recursive: true });
      await isAsItWas();
    }
  });
});

describe('what is replaced', () => {
  it('is deleted beside the loop: the new one stands before the old one is gone', async () => {
    await open.make('sft');
    const folder = await nextProcess().take(join(home, 'sft'), 'sft');
    await writeFile(join(folder.path, 'train.jsonl'), 'new');
    const putting = folder.put();
    const aside = () => open.store.datasetPlaces.list().filter(({ kind }) => kind === 'before');
    while (!existsSync(join(home, 'sft', 'train.jsonl')) || readManifest(join(home, 'sft'))) await oneTurn();
    expect(aside().map(({ path }) => existsSync(path))).toEqual([true]);
    await putting;
    expect([aside(), await hiddenIn(home)]).toEqual([[], []]);
  });
});

describe('what a killed export left', () => {
  it('is found wherever it is, and not what is being written', async () => {
    const [dead, alive] = [nextProcess(), nextProcess()];
    const [left, writing] = [
      await dead.take(join(home, 'far', 'away', 'sft'), 'sft'),
      await alive.take(join(home, 'sft'), 'sft'),
    ];
    expect(alive.left()).toEqual([left.path]);
    expect(await alive.tidy()).toEqual([]);
    expect([existsSync(left.path), existsSync(writing.path)]).toEqual([false, true]);
    await writing.giveUp();
    expect(open.store.datasetPlaces.list()).toEqual([]);
  });

  it('is known whatever the number of the process was', async () => {
    const left = join(home, `.sft.partial-${process.pid}-0a0b0c0d`);
    await mkdir(left);
    await open.make('sft');
    expect(existsSync(left)).toBe(false);
  });

  it('is waited for when its disk is away', async () => {
    const left = await nextProcess().take(join(home, 'disk', 'sft'), 'sft');
    await rename(join(home, 'disk'), join(home, 'unplugged'));
    expect([await nextProcess().tidy(), nextProcess().left()]).toEqual([[], []]);
    await rename(join(home, 'unplugged'), join(home, 'disk'));
    await nextProcess().tidy();
    expect(existsSync(left.path)).toBe(false);
  });

  it('between its two moves comes back, unless something stands in its place', async () => {
    const { folder, manifest } = await open.make('sft');
    const aside = join(home, '.sft.before-0a0b0c0d');
    const setAside = async () => {
      await open.store.datasetPlaces.note({ path: aside, out: folder, kind: 'before' });
      await rename(folder, aside);
    };
    await setAside();
    await mkdir(folder);
    await nextProcess().tidy();
    expect([readManifest(folder)?.id, existsSync(aside)]).toEqual([manifest.id, false]);
    await setAside();
    await mkdir(folder);
    await writeFile(join(folder, 'thesis.txt'), 'years of work');
    await nextProcess().tidy();
    expect([await readdir(folder), existsSync(aside)]).toEqual([['thesis.txt'], false]);
  });

  it('after its moves is registered, before them it is not', async () => {
    const { folder, manifest } = await open.make('sft');
    const [first] = open.store.datasets.list();
    const begin = (id: string) =>
      open.store.datasets.begin(
        { id, format: 'sft', folder, order: first?.order ?? '', rows: 12, madeMs: 1 },
        [[], [], []],
        open.store.datasets.erasures(),
      ) ?? 0;
    begin('0123456789abcdef');
    await nextProcess().tidy();
    expect(open.store.datasets.list()).toEqual([first]);
    const number = begin(manifest.id);
    await nextProcess().tidy();
    expect(open.store.datasets.list()).toMatchObject([{ number, isWhole: true }]);
  });
});

function oneTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
