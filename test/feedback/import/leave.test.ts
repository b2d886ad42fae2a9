import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVERY_ANSWER } from '../../store/everyAnswer.ts';
import { type OpenPreferences, openPreferences, type VoteFields, votesOn } from '../openPreferences.ts';

let open: OpenPreferences;
beforeEach(async () => {
  open = await openPreferences();
});
afterEach(() => open.close());

const SPACE = 'import:elsewhere';
const FORGOTTEN = 'of people who asked to be forgotten';
const counts = () => open.store.feedbackEvents.counts();
const liked = (count: number) => Array.from({ length: count }, (_, i) => votesOn(i, 'up')).flat();
const forget = (personId: string) =>
  open.preferences.forget.person(
    { spaceId: SPACE, personId, voter: open.preferences.voterOf(`${SPACE}:${personId}`) },
    open.signal,
  );

describe('somebody who was forgotten', () => {
  const [vote] = votesOn(1, 'down') as [VoteFields];
  const theirs = { ...vote, voter: 'w5', correction: 'It is the mumblecorex.' };

  it('does not come back with the next import of the same file, and is not counted twice', async () => {
    await open.take([vote, theirs]);
    const before = await counts();
    await forget('w5');
    expect(await counts()).toEqual(before);
    const again = await open.take([vote, theirs, { ...theirs, id: 'another', voter: ' w5 ' }]);
    expect(again).toMatchObject({ events: 0, known: 1, skipped: [{ why: FORGOTTEN, line: 2, count: 2 }] });
    expect(await counts()).toEqual(before);
    expect(open.store.preferenceRows.within(EVERY_ANSWER, { check: 1, print: 1 }).corrections).toEqual([]);
  });

  it('is left out of a file that has nothing else, without an error', async () => {
    await open.take([theirs]);
    await forget('w5');
    expect(await open.take([theirs])).toMatchObject({ lines: 1, votes: 0, events: 0, answers: 0 });
  });

  it('is somebody else in another space', async () => {
    await open.take([theirs]);
    await forget('w5');
    expect(await open.take([theirs], { space: 'other' })).toMatchObject({ events: 2, skipped: [] });
  });

  it('takes nobody else’s answers along, whatever they are called', async () => {
    await open.take([...liked(12), { ...vote, voter: 'import' }]);
    expect(await forget('import')).toMatchObject({ questions: 0, answersErased: 0, votes: 1 });
    expect((await open.make('sft')).manifest.kinds).toEqual({ confirmed: 12 });
  });

  it('is not who only opted out of datasets: that is taken in as before', async () => {
    await open.take([vote]);
    await open.store.optOuts.add({ spaceId: SPACE, personId: 'w5', scope: 'datasets' });
    expect(await open.take([theirs])).toMatchObject({ events: 2, skipped: [] });
  });
});

describe('leave to train', () => {
  it('holds when the file is imported again without it, and the report says so', async () => {
    expect(await open.take(liked(12))).toMatchObject({ votes: 36, mayTrain: 36 });
    expect(await open.take(liked(14), { allowTraining: false })).toMatchObject({ votes: 42, mayTrain: 36 });
    expect((await open.make('sft')).manifest.answers).toBe(14);
  });

  it('can be withdrawn for the answers of a file, those of forgotten people too', async () => {
    await open.take(liked(24));
    await open.take([...votesOn(30, 'up', { people: 1 }).map((one) => ({ ...one, voter: 'w5' }))]);
    await forget('w5');
    const half = liked(12);
    const erasures = open.store.datasets.erasures();
    const report = await open.take(half, { allowTraining: false, withdrawTraining: true });
    expect(report).toMatchObject({ votes: 36, mayTrain: 0, events: 0 });
    // An export that runs meanwhile begins again.
    expect(open.store.datasets.erasures()).toBeGreaterThan(erasures);
    const { manifest } = await open.make('sft');
    expect(manifest.kinds).toEqual({ confirmed: 12 });
    expect(manifest.leftOut).toMatchObject({ 'import-not-allowed': 12 });
    await open.take(
      votesOn(30, 'up', { people: 1 }).map((one) => ({ ...one, voter: 'w5' })),
      { allowTraining: false, withdrawTraining: true },
    );
    expect((await open.make('sft')).manifest.leftOut).toMatchObject({ 'import-not-allowed': 13 });
  });
});

describe('a space that was removed', () => {
  it('comes back with the next import: words, passages and corrections, and no vote twice', async () => {
    const [bad] = votesOn(50, 'down', { people: 1 }) as [VoteFields];
    const votes = [...liked(12), { ...bad, correction: 'It is the other way round, as the notice says.' }];
    await open.take(votes);
    const [before, made] = [await counts(), await open.make('kto')];
    await open.store.removal.space(SPACE);
    const rows = () => open.store.preferenceRows.within(EVERY_ANSWER, { check: 1, print: 1 });
    expect(rows().imported).toEqual([]);
    await expect(open.make('kto')).rejects.toMatchObject({ code: 'input' });

    // Leave went with the words: it is given again, or not.
    expect(await open.take(votes, { allowTraining: false })).toMatchObject({ answers: 13, mayTrain: 0 });
    expect(await open.take(votes)).toMatchObject({ answers: 0, events: 0, known: 38, mayTrain: 37 });
    expect(await counts()).toEqual(before);
    expect(rows().corrections).toHaveLength(1);
    expect((await open.make('kto')).manifest.id).toBe(made.manifest.id);
  });
});
