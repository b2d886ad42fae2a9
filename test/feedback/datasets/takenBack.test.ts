import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenPreferences, openPreferences, votesOn } from '../openPreferences.ts';

let open: OpenPreferences;
beforeEach(async () => {
  open = await openPreferences();
});
const inTwoThreads = async () => {
  await open.close();
  open = await openPreferences({}, { inTwo: true });
};
afterEach(() => open.close());

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const TELLTALE = 'The heron keeps the second key under the blue stone.';

/** Thirty questions that three people each have an opinion of, and one more person with words of their own. */
async function say(): Promise<void> {
  const others = numbers(30).flatMap((i) => [...votesOn(i, 'up'), ...votesOn(i, 'down')]);
  const own = numbers(4).map((i) => ({
    ...(votesOn(40 + i, 'down')[0] as ReturnType<typeof votesOn>[0]),
    ...{ voter: 'heron', correction: `${TELLTALE} It is stone number ${i}.` },
  }));
  await open.take([...others, ...own]);
}

const HERON = { spaceId: 'import:elsewhere', personId: 'heron' };
const forget = () => {
  const voter = open.preferences.voterOf(`${HERON.spaceId}:${HERON.personId}`);
  return open.preferences.forget.person({ ...HERON, voter }, open.signal);
};

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function everything(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

describe('what is taken back while a dataset is made', () => {
  it.each([
    ...[0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30].map((count) => ({ count, threads: 1 })),
    ...[0, 2, 5, 10, 20, 40, 80, 160, 320].map((count) => ({ count, threads: 2 })),
  ])('is not in it, $count turns of the loop after it began, in threads: $threads', async ({ count, threads }) => {
    if (threads === 2) await inTwoThreads();
    await say();
    const making = open.make('sft');
    await turns(count);
    const report = await forget();
    await making;
    await open.preferences.forget.resume(open.signal);
    const text = await everything(join(open.folder, 'sft'));
    expect(text).not.toContain('heron');
    expect(JSON.parse(await readFile(join(open.folder, 'sft/manifest.json'), 'utf8'))).toMatchObject({
      rows: { train: 24, validation: 3, test: 3 },
    });
    expect(report.votes).toBe(8);
  });

  it('keeps it from being registered', async () => {
    await say();
    const asOf = open.store.datasets.erasures();
    const dataset = { id: 'x', format: 'sft', folder: '/nowhere', order: '{}', rows: 1, madeMs: 1 };
    await open.store.optOuts.add({ spaceId: 'import:elsewhere', personId: 'somebody', scope: 'datasets' });
    expect(open.store.datasets.begin(dataset, [[], [], []], asOf)).toBeUndefined();
    expect(open.store.datasets.list()).toEqual([]);
    expect(open.store.datasets.begin(dataset, [[], [], []], open.store.datasets.erasures())).toBeGreaterThan(0);
  });

  it('all the time makes it give up in words, and leave nothing', async () => {
    await say();
    let isOver = false;
    const making = open.make('sft').finally(() => {
      isOver = true;
    });
    const everyTurn = async () => {
      for (let i = 0; !isOver; i++) {
        await open.store.optOuts.add({ ...HERON, personId: `person ${i}`, scope: 'datasets' });
        await turns(1);
      }
    };
    await Promise.all([
      everyTurn(),
      expect(making).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/taken back/) }),
    ]);
    expect((await readdir(open.folder)).filter((name) => name.includes('sft'))).toEqual([]);
    expect((await open.make('sft')).manifest.rows.train).toBeGreaterThan(20);
  });
});

describe('two datasets at once', () => {
  it('are made one after the other, also into the same folder', async () => {
    await say();
    const [one, other, elsewhere] = await Promise.all([
      open.make('kto'),
      open.make('kto'),
      open.make('kto', { out: join(open.folder, 'elsewhere') }),
    ]);
    expect(other).toMatchObject({ unchanged: true, replaced: one?.manifest.id });
    expect(elsewhere?.manifest.id).toBe(one?.manifest.id);
    expect((await readdir(open.folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
