import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/feedback/datasets/Policy.ts';
import { type OpenPreferences, openPreferences, questionOn, votesOn } from '../openPreferences.ts';
import { READERS } from './formats.ts';

let open: OpenPreferences;
beforeEach(async () => {
  open = await openPreferences();
});
afterEach(() => open.close());

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
/** For each question an answer that three people like and one that three do not. */
const manyVotes = (count: number) => numbers(count).flatMap((i) => [...votesOn(i, 'up'), ...votesOn(i, 'down')]);

describe('a dataset', () => {
  it.each(FORMATS)('%s: every line is what its trainer reads', async (format) => {
    await open.take(manyVotes(24));
    const { manifest, folder } = await open.make(format);
    const { train, validation, test } = await open.rows(folder);
    const all = [...train, ...validation, ...test];
    for (const row of all) expect(READERS[format].safeParse(row)).toMatchObject({ success: true });
    expect([train.length, validation.length, test.length]).toEqual(Object.values(manifest.rows));
    expect(all.length).toBeGreaterThanOrEqual(24);
    expect(validation.length).toBeGreaterThan(0);
    expect(test.length).toBeGreaterThan(0);
  });

  it('is the same to the last byte when it is built again, in its place or elsewhere', async () => {
    await open.take(manyVotes(20));
    const first = await open.make('kto');
    const bytes = await contents(first.folder);
    const again = await open.make('kto');
    expect(again).toMatchObject({ unchanged: true, replaced: first.manifest.id });
    expect(await contents(again.folder)).toEqual(bytes);
    const elsewhere = await open.make('kto', { out: join(open.folder, 'elsewhere') });
    expect(await contents(elsewhere.folder)).toEqual(bytes);
  });

  it('says in its manifest what it is: hashes, counts, weights, what was left out', async () => {
    await open.take([...manyVotes(20), ...votesOn(99, 'up', { people: 1 })]);
    const { manifest, folder } = await open.make('kto');
    for (const [name, { sha256, bytes }] of Object.entries(manifest.files)) {
      const file = await readFile(join(folder, name));
      expect([createHash('sha256').update(file).digest('hex'), file.length]).toEqual([sha256, bytes]);
    }
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(manifest).toMatchObject({
      ...{ format: 'kto', parent: null, answers: 41, leftOut: { 'in-review': 1 } },
      classes: { desirable: 20, undesirable: 20, desirable_weight: 1, undesirable_weight: 1 },
    });
    expect(manifest.tokens.train).toBeGreaterThan(1000);
    expect(manifest.warnings.join()).toMatch(/too little to train on: 40 rows.*500/);
    const card = await readFile(join(folder, 'README.md'), 'utf8');
    expect(card).toContain(manifest.id);
    expect(card).toContain('desirable_weight');
  });

  it('names the dataset that it takes the place of', async () => {
    await open.take(manyVotes(20));
    const first = await open.make('sft');
    await open.take(manyVotes(25));
    const second = await open.make('sft');
    expect(second.replaced).toBe(first.manifest.id);
    expect(second.manifest.parent).toBe(first.manifest.id);
    expect(open.store.datasets.list()).toMatchObject([{ id: second.manifest.id, parent: first.manifest.id }]);
  });

  it('keeps questions whole on one side, the newest in test', async () => {
    await open.take(manyVotes(40));
    const { folder } = await open.make('kto');
    const rows = await open.rows(folder);
    const asked = (side: unknown[]) => new Set(side.map((row) => /How to \S+/.exec(JSON.stringify(row))?.[0]));
    const [train, validation, test] = [asked(rows.train), asked(rows.validation), asked(rows.test)];
    for (const [one, other] of [
      [train, validation],
      [train, test],
      [validation, test],
    ] as const) {
      expect([...one].filter((question) => other.has(question))).toEqual([]);
    }
    expect(JSON.stringify(rows.test)).toContain(questionOn(39).slice(0, 20));
  });
});

describe('too little', () => {
  it('is refused in words that name what was left out and the switch, and nothing is written', async () => {
    await open.take(manyVotes(12), { allowTraining: false });
    await expect(open.make('kto')).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(
        /0 rows.*at least 10.*24 because they were imported without leave.*--allow-training/,
      ),
    });
    expect(await readdir(open.folder)).not.toContain('kto');
  });

  it('of nothing says so', async () => {
    await expect(open.make('dpo')).rejects.toMatchObject({
      message: expect.stringMatching(/nobody voted on anything yet/),
    });
  });

  it('of ten is just enough, and all of it is for training', async () => {
    await open.take(numbers(10).flatMap((i) => votesOn(i, 'up')));
    const { manifest } = await open.make('sft');
    expect(manifest.rows).toEqual({ train: 10, validation: 0, test: 0 });
    expect(manifest.warnings.join()).toMatch(/validation.jsonl is empty/);
    const other = await openPreferences();
    await other.take(numbers(9).flatMap((i) => votesOn(i, 'up')));
    await expect(other.make('sft')).rejects.toMatchObject({ code: 'input' });
    await other.close();
  });
});

describe('the folder', () => {
  beforeEach(() => open.take(manyVotes(12)));

  it('that holds something else is refused and left as it is', async () => {
    const out = join(open.folder, 'mine');
    await mkdir(out);
    await writeFile(join(out, 'thesis.txt'), 'years of work');
    await expect(open.make('kto', { out })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/thesis\.txt/),
    });
    expect(await readdir(out)).toEqual(['thesis.txt']);
    await expect(open.make('kto', { out: join(out, 'thesis.txt') })).rejects.toMatchObject({ code: 'usage' });
  });

  it('that holds a dataset and a file of somebody’s is refused too', async () => {
    const { folder } = await open.make('kto');
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await expect(open.make('kto')).rejects.toMatchObject({ message: expect.stringMatching(/notes\.txt/) });
  });

  it('that holds a dataset of another format is refused', async () => {
    const { folder } = await open.make('kto');
    await expect(open.make('sft', { out: folder })).rejects.toMatchObject({
      message: expect.stringMatching(/format kto/),
    });
  });

  it('has nothing beside it afterwards, and what a killed run left is swept away', async () => {
    await mkdir(join(open.folder, '.kto.partial-999999999-0a0b0c0d'));
    await open.make('kto');
    expect((await readdir(open.folder)).filter((name) => name.startsWith('.kto'))).toEqual([]);
  });

  it('comes back when a run was killed between its two moves', async () => {
    const { manifest, folder } = await open.make('kto');
    await rename(folder, join(open.folder, '.kto.before-999999999-0a0b0c0d'));
    const again = await open.make('kto');
    expect(again).toMatchObject({ replaced: manifest.id, unchanged: true });
  });

  it('is not there when the export was stopped', async () => {
    const stopped = AbortSignal.abort();
    await expect(
      open.preferences.exportDataset(
        { format: 'kto', out: join(open.folder, 'stopped'), withoutPassages: false },
        stopped,
      ),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect((await readdir(open.folder)).filter((name) => name.includes('stopped'))).toEqual([]);
  });
});

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}
