import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenPreferences, openPreferences, votesOn } from '../openPreferences.ts';

let open: OpenPreferences;
beforeEach(async () => {
  open = await openPreferences();
});
afterEach(() => open.close());

const [vote] = votesOn(1, 'up') as [ReturnType<typeof votesOn>[0]];
const counts = () => open.store.feedbackEvents.counts();

describe('votes from elsewhere', () => {
  it('are taken in once, however often the file is', async () => {
    const votes = [...votesOn(1, 'up'), ...votesOn(2, 'down')];
    expect(await open.take(votes)).toMatchObject({ lines: 6, events: 6, answers: 2, known: 0, skipped: [] });
    expect(await open.take(votes)).toMatchObject({ lines: 6, events: 0, answers: 0, known: 6 });
    expect(await counts()).toEqual({ up: 3, down: 3, corrections: 0 });
  });

  it('of one person on one answer are one, the latest', async () => {
    await open.take([
      { ...vote, id: 'later', vote: 'down', at: Date.UTC(2026, 2, 2) },
      { ...vote, id: 'earlier', at: '2026-03-01T00:00:00Z' },
    ]);
    expect(await counts()).toMatchObject({ up: 0, down: 1 });
  });

  it('of different people may share an id, which then names the answer', async () => {
    const shared = votesOn(1, 'up').map((one) => ({ ...one, id: 'answer 1' }));
    expect(await open.take(shared)).toMatchObject({ events: 3, answers: 1 });
  });

  it('that are no votes are left out and said, with the line of the first', async () => {
    const report = await open.take([
      vote,
      'not json',
      JSON.stringify({ ...vote, vote: 'sideways' }),
      JSON.stringify({ ...vote, question: '   ' }),
      JSON.stringify({ ...vote, voter: undefined }),
      JSON.stringify({ ...vote, at: 'yesterday' }),
      JSON.stringify({ ...vote, correction: 'x'.repeat(100_000) }),
      '[]',
      '',
      '{"id": 1',
    ]);
    expect(report).toMatchObject({ lines: 9, events: 1 });
    const why = Object.fromEntries(report.skipped.map((one) => [one.line, one.why]));
    expect(why).toMatchObject({
      2: 'it is not JSON',
      3: expect.stringMatching(/"vote"/),
      4: expect.stringMatching(/"question" is empty/),
      5: expect.stringMatching(/"voter"/),
      6: expect.stringMatching(/"at"/),
      7: expect.stringMatching(/"correction" has more than 20,000 characters/),
    });
    expect(report.skipped.find(({ why: reason }) => reason === 'it is not JSON')?.count).toBe(2);
  });

  it('of which none is a vote are an error that names the first problem', async () => {
    await expect(open.take(['nonsense'])).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(/line 1: it is not JSON/),
    });
    await expect(open.take([''])).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(/nothing in it/),
    });
  });

  it('keep a reason of our own, and one in words as a comment', async () => {
    await open.take([
      { ...vote, vote: 'down', reason: 'wrong_sources' },
      { ...vote, voter: 'another', vote: 'down', reason: 'It is about the old office.' },
    ]);
    const { items } = await open.preferences.review.list(5, open.signal);
    expect(items[0]?.reasons ?? []).toContain('other');
  });
});
