import { afterEach, beforeEach, expect, it } from 'vitest';
import { plotVotes } from '../../src/feedback/stats/plotVotes.ts';
import { answerOn, type OpenPreferences, openPreferences, votesOn } from './openPreferences.ts';

let open: OpenPreferences;
beforeEach(async () => {
  open = await openPreferences();
  await open.take(Array.from({ length: 12 }, (_, i) => votesOn(i, 'up')).flat());
});
afterEach(() => open.close());

const review = () => open.preferences.review;
const doubtful = async () => (await review().list(10, open.signal)).items;

it('shows what opinions leave open, and what agreeing means', async () => {
  await open.take([...votesOn(20, 'up', { people: 1 }), ...votesOn(21, 'down', { people: 1 })]);
  expect(await doubtful()).toMatchObject([
    { why: 'too few voters', up: 1, down: 0, proposal: 'good', answer: answerOn(20, 'up') },
    { why: 'too few voters', up: 0, down: 1, proposal: 'bad', answer: answerOn(21, 'down') },
  ]);
});

it('proposes nothing where people differ evenly', async () => {
  const [one, other] = votesOn(20, 'up') as [ReturnType<typeof votesOn>[0], ReturnType<typeof votesOn>[0]];
  await open.take([one, { ...other, vote: 'down' }]);
  const [item] = await doubtful();
  expect(item).toMatchObject({ why: 'voters differ' });
  expect(item?.proposal).toBeUndefined();
});

it('keeps what was decided, and the next export follows it', async () => {
  await open.take([20, 21, 22, 23].flatMap((i) => votesOn(i, 'down', { people: 1 })));
  const [agreed, good, discarded, edited] = await doubtful();
  await review().decide(agreed?.answerId ?? '', { decision: 'bad' });
  await review().decide(good?.answerId ?? '', { decision: 'good' });
  await review().decide(discarded?.answerId ?? '', { decision: 'discard' });
  await review().decide(edited?.answerId ?? '', { decision: 'edit', text: answerOn(23, 'edited') });
  expect(await doubtful()).toEqual([]);
  const sft = await open.make('sft');
  expect(sft.manifest.kinds).toEqual({ confirmed: 13, correction: 1 });
  expect(sft.manifest.leftOut).toEqual({ discarded: 1, 'not-for-format': 1 });
  expect(JSON.stringify(await open.rows(sft.folder))).toContain('edited23x');
  const kto = await open.make('kto');
  expect(kto.manifest.classes).toMatchObject({ desirable: 14, undesirable: 2 });
});

it('refuses an edit that is empty or too long, and an answer that is not there', async () => {
  await open.take(votesOn(20, 'down', { people: 1 }));
  const [item] = await doubtful();
  const decide = (text: string) => review().decide(item?.answerId ?? '', { decision: 'edit', text });
  await expect(decide('  ')).rejects.toMatchObject({ code: 'input' });
  await expect(decide('x'.repeat(100_000))).rejects.toMatchObject({ code: 'input' });
  await expect(review().decide('nobody', { decision: 'good' })).rejects.toMatchObject({ code: 'not-found' });
});

it('stats say how people voted, how far they agree and what is missing for each format', async () => {
  await open.take([...votesOn(20, 'down'), ...votesOn(21, 'up', { people: 1 })]);
  const report = await open.preferences.stats(open.signal);
  expect(report).toMatchObject({
    total: { up: 37, down: 3, corrections: 0 },
    bySource: [{ platform: 'import', space: 'elsewhere', up: 37, down: 3 }],
    agreement: { answers: 14, votes: 40, several: 13, unanimous: 13 },
    toReview: 1,
  });
  expect(report.formats).toMatchObject([
    { shape: 'sft', rows: 12, next: { rows: 50, missing: 38 } },
    { shape: 'dpo', rows: 0, next: { rows: 10, missing: 10 } },
    { shape: 'kto', rows: 13, next: { rows: 500, missing: 487 } },
  ]);
});

it('the plot puts any stretch of time on twenty lines at most', () => {
  const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
  const lines = plotVotes(
    Array.from({ length: 700 }, (_, i) => ({ day: day(i), up: i % 3, down: 1, corrections: 0 })),
  ).split('\n');
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(plotVotes([])).toBe('');
  expect(plotVotes([{ day: '2026-01-01', up: 3, down: 1, corrections: 0 }])).toMatch(/^2026-01-01 {2}█+░+ 3\/1$/);
});
