import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVERY_ANSWER } from '../../store/everyAnswer.ts';
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
      vote,
      { ...vote, voter: 'another', vote: 'down', reason: 'Out of date' },
      { ...vote, voter: 'a third', vote: 'down', reason: 'It is about the old office.' },
    ]);
    const { items } = await open.preferences.review.list(5, open.signal);
    expect(items[0]?.reasons.toSorted()).toEqual(['other', 'out-of-date']);
  });
});

describe('what is stored of a vote from elsewhere', () => {
  const batch = () => open.store.preferenceRows.within(EVERY_ANSWER, { check: 0, print: 0 });
  const words = () => {
    const found = batch().answers.map(([id]) => id);
    const imported = batch().imported.map(([, , textId]) => textId);
    return open.store.preferenceWords.of({ clean: [], found, imported, passages: [], corrections: [] });
  };

  it('holds no address that lets anybody in', async () => {
    await open.take([
      {
        ...vote,
        passages: [
          { text: 'One.', url: `https://ann:${'hunter2'}@wiki.example/a?page=2#top` },
          { text: 'Two.', url: 'https://files.example/b?id=7&X-Amz-Signature=0a1b2c3d4e5f60718293&access_token=abc' },
          { text: 'Three.', url: `https://hooks.slack.com/services/${'T00000000/B00000000/abcdEFGH1234abcdEFGH1234'}` },
          { text: 'Four.', url: 'https://wiki.example/c?page=2#top' },
        ],
      },
    ]);
    expect(batch().imported.map(([, , , url]) => url)).toEqual([
      'https://wiki.example/a?page=2#top',
      'https://files.example/b?id=7',
      null,
      'https://wiki.example/c?page=2#top',
    ]);
  });

  it('holds no secret in the name of a model', async () => {
    const secret = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
    await open.take([{ ...vote, model: `gpt ${secret}` } as typeof vote]);
    const file = await readFile(join(open.folder, 'backscroll.db'));
    const log = await readFile(join(open.folder, 'backscroll.db-wal'));
    expect(Buffer.concat([file, log]).includes(secret)).toBe(false);
  });

  it('knows the people of the space that it is taken into, and mentions of anybody', async () => {
    const named = {
      ...vote,
      question: 'Does Mara Lind know?',
      answer: 'Ask <@U2>.',
      passages: [{ text: 'Mara Lind and <@U9>.' }],
    };
    const person = (id: string, name: string) => ({ id, name, isBot: false, isGuest: false });
    await open.store.spaces.put({ id: 'import:acme', platform: 'import', name: 'acme' }, [person('U1', 'Mara Lind')]);
    await open.take([named], { space: 'acme' });
    const kinds = (json: string | null) => (JSON.parse(json ?? '[]') as { who: string }[]).map(({ who }) => who);
    const [first] = words().answers;
    expect([kinds(first?.[2] ?? null), kinds(first?.[4] ?? null)]).toEqual([['U1'], ['U2']]);
    expect(kinds(words().imported[0]?.[2] ?? null)).toEqual(['U1', 'U9']);

    // The same passage in another space, where others are known.
    await open.store.spaces.put({ id: 'import:other', platform: 'import', name: 'other' }, [person('U7', 'Ben Roth')]);
    await open.take([{ ...named, passages: [{ text: 'Mara Lind and <@U9>.' }] }], { space: 'other' });
    await open.preferences.review.list(1, open.signal);
    for (const [, , findings] of words().imported) expect(kinds(findings)).toEqual(['U1', 'U9']);
  });
});
