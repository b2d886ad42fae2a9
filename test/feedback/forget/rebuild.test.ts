import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readManifest, removeDataset } from '../../../src/feedback/datasets/folder/lookAt.ts';
import { type OpenPreferences, openPreferences, votesOn } from '../openPreferences.ts';

const TELLTALE = 'The heron keeps the second key under the blue stone.';
const HERON = { spaceId: 'import:elsewhere', personId: 'heron' };

let open: OpenPreferences;
beforeEach(async () => {
  open = await openPreferences();
  await say(12);
});
afterEach(() => open.close());

/** So many answers that everybody likes, and one that only the heron corrects. */
async function say(count: number): Promise<void> {
  const liked = Array.from({ length: count }, (_, i) => votesOn(i, 'up')).flat();
  const [bad] = votesOn(50, 'down');
  await open.take([...liked, { ...(bad as NonNullable<typeof bad>), voter: 'heron', correction: TELLTALE }]);
}

const forget = () => {
  const voter = open.preferences.voterOf(`${HERON.spaceId}:${HERON.personId}`);
  return open.preferences.forget.person({ ...HERON, voter }, open.signal);
};
const resume = () => open.preferences.forget.resume(open.signal);
const says = async (folder: string) => {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.some((text) => text.includes(TELLTALE));
};

describe('a dataset that cannot be built again', () => {
  it('is told with what to do and stays owed, and everything else is done', async () => {
    const [noted, other, fine] = ['noted', 'other', 'fine'].map((name) => join(open.folder, name)) as [
      string,
      string,
      string,
    ];
    for (const out of [noted, other, fine]) await open.make('sft', { out });
    await writeFile(join(noted, 'notes.txt'), 'mine');
    const manifest = JSON.parse(await readFile(join(other, 'manifest.json'), 'utf8')) as object;
    await writeFile(join(other, 'manifest.json'), JSON.stringify({ ...manifest, format: 'dpo' }));

    const report = await forget();
    expect(report).toMatchObject({
      ...{ votes: 2, texts: 1, done: false, leftovers: [] },
      datasets: [
        { folder: noted, owed: true, sentence: expect.stringMatching(/holds something else \(notes\.txt\)/) },
        { folder: other, owed: true, sentence: expect.stringMatching(/in the format dpo/) },
        { folder: fine, now: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ],
    });
    expect(report.datasets[0]?.sentence).toMatch(
      /still has words of who was forgotten: delete it, or mend this and run `backscroll forget` again/,
    );
    expect(report.datasets[0]?.sentence).not.toMatch(/--out/);
    expect([await says(noted), await says(fine)]).toEqual([true, false]);
    expect(await readFile(join(noted, 'notes.txt'), 'utf8')).toBe('mine');
    // What was erased has left the disk of the home all the same.
    expect(open.preferences.forget.owed()).toMatchObject({
      ...{ datasets: [{ folder: noted }, { folder: other }], leftovers: [], scrub: false },
    });

    await rm(join(noted, 'notes.txt'));
    await rm(other, { recursive: true });
    expect(await resume()).toMatchObject({
      done: true,
      datasets: [
        { folder: noted, sentence: expect.stringMatching(/was built again/) },
        { folder: other, sentence: expect.stringMatching(/is not there any more/) },
      ],
    });
    expect(await says(noted)).toBe(false);
    expect(open.preferences.forget.owed().datasets).toEqual([]);
  });

  it('without its manifest is not taken for gone', async () => {
    const { folder } = await open.make('sft');
    await rm(join(folder, 'manifest.json'));
    expect(await forget()).toMatchObject({ done: false, datasets: [{ folder, owed: true }] });
  });

  it('behind a link that leads nowhere just now is not taken for gone', async () => {
    const { folder } = await open.make('sft');
    await rename(folder, join(open.folder, 'unplugged'));
    await symlink(join(open.folder, 'disk'), folder);
    expect(await forget()).toMatchObject({
      datasets: [{ owed: true, sentence: expect.stringMatching(/a link to something that is not there/) }],
    });
    await rename(join(open.folder, 'unplugged'), join(open.folder, 'disk'));
    expect(await resume()).toMatchObject({ done: true, datasets: [{ folder, now: expect.any(String) }] });
    expect([await says(join(open.folder, 'disk')), await readlink(folder)]).toEqual([false, join(open.folder, 'disk')]);
  });

  it('is built again where it lies, though the link that it was asked for by leads elsewhere', async () => {
    const [first, second, link] = ['first', 'second', 'link'].map((name) => join(open.folder, name)) as [
      string,
      string,
      string,
    ];
    await mkdir(first);
    await mkdir(second);
    await symlink(first, link);
    const { manifest } = await open.make('sft', { out: join(link, 'sft') });
    await rm(link);
    await symlink(second, link);
    expect((await forget()).datasets).toMatchObject([{ folder: join(link, 'sft'), before: manifest.id }]);
    expect([await says(join(first, 'sft')), await readdir(second)]).toEqual([false, []]);
    expect(readManifest(join(first, 'sft'))?.parent).toBe(manifest.id);
  });
});

describe('a dataset that has too little without them', () => {
  it('is removed', async () => {
    await open.close();
    open = await openPreferences();
    await say(9);
    const { folder } = await open.make('sft');
    const report = await forget();
    expect(report).toMatchObject({ done: true, datasets: [{ sentence: expect.stringMatching(/was removed/) }] });
    expect([existsSync(folder), open.store.datasets.list()]).toEqual([false, []]);
  });

  it('leaves what somebody put beside it', async () => {
    const { folder } = await open.make('sft');
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await removeDataset(folder);
    expect(await readdir(folder)).toEqual(['notes.txt']);
  });
});

describe('what a killed export left', () => {
  it('goes before anything is built again', async () => {
    const { folder } = await open.make('sft');
    const partial = join(open.folder, 'elsewhere', '.kto.partial-0a0b0c0d');
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, 'train.jsonl'), TELLTALE);
    const { datasetPlaces } = open.store;
    await datasetPlaces.note({ path: partial, out: join(open.folder, 'elsewhere', 'kto'), kind: 'partial' });
    // And its dataset lies aside.
    const aside = join(open.folder, '.sft.before-0a0b0c0d');
    await datasetPlaces.note({ path: aside, out: folder, kind: 'before' });
    await rename(folder, aside);

    expect((await forget()).datasets).toMatchObject([{ folder, sentence: expect.stringMatching(/was built again/) }]);
    expect([existsSync(partial), existsSync(aside), await says(folder)]).toEqual([false, false, false]);
    expect(datasetPlaces.list()).toEqual([]);
  });
});
