import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/feedback/datasets/Policy.ts';
import { answerOn, type OpenPreferences, openPreferences, type VoteFields, votesOn } from '../openPreferences.ts';

const thread = (name: string) => new URL(`./threads/${name}.ts`, import.meta.url);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

let open: OpenPreferences;
afterEach(() => open.close());

/** Something of everything: agreement, corrections, near-duplicates, contradictions, doubts, secrets, names, long texts. */
const VOTES: VoteFields[] = numbers(60).flatMap((i) => {
  const [first, ...rest] = votesOn(i, 'down') as [VoteFields, ...VoteFields[]];
  const corrected = { ...first, voter: 'corrector', correction: `${answerOn(i, 'right')} Call +49 30 90182${i}.` };
  const near = votesOn(i, 'up', { kind: 'up' }).map((vote) => ({
    ...vote,
    ...{ id: `${vote.id} again`, answer: `${vote.answer} indeed`, passages: [{ text: `Passage ${i} says so.` }] },
  }));
  return [
    ...(i % 3 === 0 ? votesOn(i, 'up', { passage: `${'A long passage. '.repeat(i)}${i}` }) : votesOn(i, 'up')),
    ...(i % 4 === 0 ? [corrected, ...rest] : [first, ...rest]),
    ...(i % 5 === 0 ? near : []),
    ...(i % 7 === 0 ? votesOn(i, 'up', { people: 1, kind: 'lonely' }) : []),
    ...(i % 11 === 0 ? votesOn(i, 'up', { kind: `key AKIA${'IOSFODNN7EXAMPLQ'} and` }) : []),
  ];
});

/** What stands in a dataset's files, by their hashes. */
async function contents(folder: string): Promise<unknown> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const hash = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  const names = await readdir(folder);
  return [manifest, await Promise.all(names.toSorted().map(async (name) => [name, await hash(name)]))];
}

const made = async () => {
  const all: Record<string, unknown> = {};
  for (const format of FORMATS) {
    for (const withoutPassages of [false, true]) {
      const { folder } = await open.make(format, { withoutPassages });
      all[`${format} ${withoutPassages}`] = await contents(folder);
      await rm(folder, { recursive: true });
    }
  }
  return all;
};

describe('a dataset that two threads make', () => {
  it('is the same to the last byte as one that one makes, in every format', async () => {
    open = await openPreferences();
    await open.take(VOTES);
    const alone = await made();
    await open.close();
    open = await openPreferences({}, { inTwo: true });
    await open.take(VOTES);
    expect(await made()).toEqual(alone);
  });

  it('is made by both', async () => {
    open = await openPreferences({}, { inTwo: true, module: thread('marked') });
    await open.take(numbers(400).flatMap((i) => votesOn(i, 'up')));
    const { folder } = await open.make('sft');
    const lines = (await readFile(join(folder, 'train.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
    const byOther = lines.filter((line) => line.includes('(by the other thread)'));
    expect(byOther.length).toBeGreaterThan(0);
    expect(lines).toHaveLength(320);
  });

  it('is the same when texts are to be looked at first, and when fingerprints have to be made', async () => {
    open = await openPreferences({}, { inTwo: true });
    // A secret is taken out before a text is stored: looked at anew, there is none in it.
    await open.take(VOTES.filter(({ answer }) => !answer.includes('AKIA')));
    const before = await contents((await open.make('kto')).folder);
    const db = new DatabaseSync(join(open.folder, 'backscroll.db'));
    const count = () => Number(db.prepare('SELECT count(*) AS n FROM fingerprints').get()?.n);
    db.exec("DELETE FROM text_checks WHERE key > 'a'");
    db.exec("DELETE FROM fingerprints WHERE key > '8'");
    const left = count();
    expect(await contents((await open.make('kto', { out: join(open.folder, 'again') })).folder)).toEqual(before);
    // They were stored, and are not made again.
    expect(count()).toBeGreaterThan(left + 100);
    db.close();
  });

  it.each(['dying', 'failing'])('is made by one when the other thread is %s', async (name) => {
    open = await openPreferences({}, { inTwo: true });
    await open.take(VOTES);
    const before = await contents((await open.make('kto')).folder);
    await open.close();
    open = await openPreferences({}, { inTwo: true, module: thread(name) });
    await open.take(VOTES);
    expect(await contents((await open.make('kto')).folder)).toEqual(before);
    // And the next one too.
    expect(await open.make('kto')).toMatchObject({ unchanged: true });
  });

  it('is made by one when there is no program for the other', async () => {
    open = await openPreferences({}, { inTwo: true, module: thread('nowhere') });
    await open.take(VOTES);
    expect((await open.make('kto')).manifest.rows.train).toBeGreaterThan(50);
  });

  it('is stopped in words, and leaves nothing', async () => {
    open = await openPreferences({}, { inTwo: true });
    await open.take(VOTES);
    const stopping = new AbortController();
    const order = { format: 'kto' as const, out: join(open.folder, 'kto'), withoutPassages: false };
    const making = open.preferences.exportDataset(order, stopping.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stopping.abort();
    await expect(making).rejects.toMatchObject({ code: 'cancelled' });
    expect((await readdir(open.folder)).filter((name) => name.includes('kto'))).toEqual([]);
    expect(await open.make('kto')).toMatchObject({ unchanged: false });
  });
});
