import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/feedback/datasets/Policy.ts';
import { EVERY_ANSWER } from '../../store/everyAnswer.ts';
import {
  answerOn,
  type OpenPreferences,
  openPreferences,
  START_MS,
  type VoteFields,
  votesOn,
} from '../openPreferences.ts';

const homes: OpenPreferences[] = [];
afterEach(async () => {
  for (const one of homes.splice(0)) await one.close();
});
async function home(): Promise<OpenPreferences> {
  const opened = await openPreferences();
  homes.push(opened);
  return opened;
}

const HOUR_MS = 3_600_000;

/**
 * Two hundred lines in which everything differs that an order could decide: the moment, the model and the address of a
 * passage in lines on one answer, corrections that are the same but for their capitals, people who change their minds,
 * some within a moment, and lines that only their reason tells apart.
 */
function twoHundred(): VoteFields[] {
  const lines = Array.from({ length: 20 }, (_, i) => {
    const liked = votesOn(i, 'up', { passage: `Passage ${i % 7} says so.` });
    const disliked = votesOn(i, 'down', { passage: `Passage ${i % 7} says so.` });
    const right = `${answerOn(i, 'right')} indeed`;
    return [...liked, ...disliked].map((vote, n): VoteFields => {
      const at = Number(vote.at) + ((n * 7 + i) % 11) * HOUR_MS;
      const correction = n === 3 ? { correction: right } : n === 4 ? { correction: right.toUpperCase() } : {};
      return { ...vote, at, model: `model ${(n + i) % 3}`, ...correction };
    });
  }).flat();
  const changed = lines.slice(0, 80).map((line, n): VoteFields => {
    const [kept] = [{ ...line, id: `${line.id} again` }];
    if (n % 4 === 0) return { ...kept, vote: line.vote === 'up' ? 'down' : 'up' };
    if (n % 4 === 1) return { ...kept, at: Number(line.at) - 30 * HOUR_MS, vote: 'down', reason: 'wrong-sources' };
    if (n % 4 === 2) return { ...line, reason: `It is about ${n}.` };
    return { ...kept, passages: [{ text: 'Passage 1 says so.', url: `https://example.com/${n % 2}` }] };
  });
  const all = [...lines, ...changed].map((line) => ({ ...line, at: Math.max(START_MS, Number(line.at)) }));
  expect(all).toHaveLength(200);
  return all;
}

/** Of each format every file, as it stands on the disk. */
async function exported(open: OpenPreferences): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const format of FORMATS) {
    const { folder } = await open.make(format);
    for (const name of await readdir(folder)) files[`${format}/${name}`] = await readFile(join(folder, name), 'utf8');
  }
  return files;
}

describe('the order of the lines', () => {
  it('decides nothing: the same lines export the same bytes in every format', { timeout: 120_000 }, async () => {
    const lines = twoHundred();
    const [shuffled] = fc.sample(fc.shuffledSubarray(lines, { minLength: 200 }), { numRuns: 1, seed: 7 });
    const [asGiven, backwards, mixed, inTwo] = [await home(), await home(), await home(), await home()];
    await asGiven.take(lines);
    await backwards.take([...lines].reverse());
    await mixed.take(shuffled ?? []);
    await inTwo.take(lines.filter((_, n) => n % 3 === 0));
    await inTwo.take(lines.filter((_, n) => n % 3 !== 0));

    const files = await exported(asGiven);
    // So that it can fail: there are pairs, corrections and both classes in it.
    const kto = JSON.parse(files['kto/manifest.json'] ?? '');
    expect(kto.kinds).toMatchObject({ correction: expect.any(Number), vote: expect.any(Number) });
    for (const other of [backwards, mixed, inTwo]) expect(await exported(other)).toEqual(files);
  });

  it('does not say which vote and correction of a person is the present one: their moments do', async () => {
    const [one, other] = [await home(), await home()];
    const said = fc.record(
      {
        vote: fc.constantFrom('up' as const, 'down' as const),
        at: fc.integer({ min: 0, max: 5 }).map((hour) => START_MS + hour * HOUR_MS),
        reason: fc.constantFrom('wrong', 'It is old.', 'It is new.'),
        correction: fc.constantFrom('So it is.', 'So it was.'),
      },
      { requiredKeys: ['vote', 'at'] },
    );
    let question = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(said, { minLength: 2, maxLength: 12 }),
        fc.context(),
        fc.gen(),
        async (saids, _, gen) => {
          // Another question each time, so that one pair of homes is enough.
          const [line] = votesOn(question++, 'up', { people: 1 }) as [VoteFields];
          const lines = saids.map((rest, n): VoteFields => ({ ...line, id: String(n), ...rest }));
          const mixed = gen(() => fc.shuffledSubarray(lines, { minLength: lines.length }));
          const cut = gen(() => fc.nat(lines.length - 1));
          await one.take(lines);
          if (cut > 0) await other.take(mixed.slice(0, cut));
          await other.take(mixed.slice(cut));
          expect(present(other)).toEqual(present(one));
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

/** What is present of every answer, without the numbers and keys of a home. */
function present(open: OpenPreferences) {
  const { answers, ballots, corrections } = open.store.preferenceRows.within(EVERY_ANSWER, { check: 1, print: 1 });
  return {
    asked: answers.map(([id, , , , , askedMs]) => [id, askedMs]),
    ballots: ballots.map(([id, , ...rest]) => [id, ...rest]),
    corrections: corrections.map(([id, , , correctedMs, text]) => [id, correctedMs, text]),
  };
}

describe('a vote that is imported after a later one', () => {
  const [line] = votesOn(1, 'up', { people: 1 }) as [VoteFields];
  const counts = (open: OpenPreferences) => open.store.feedbackEvents.counts();

  it('changes nothing: up at ten holds against a down of nine', async () => {
    const open = await home();
    await open.take([{ ...line, at: '2026-03-01T10:00:00Z' }]);
    await open.take([{ ...line, vote: 'down', at: '2026-03-01T09:00:00Z' }]);
    expect(await counts(open)).toEqual({ up: 1, down: 0, corrections: 0 });
  });

  it('leaves the later correction, and is what the thumb turned from', async () => {
    const open = await home();
    const down = { ...line, vote: 'down' as const };
    await open.take([{ ...down, correction: 'Later.', at: '2026-03-01T10:00:00Z' }]);
    await open.take([{ ...down, correction: 'Earlier.', at: '2026-03-01T09:00:00Z' }]);
    const { corrections } = open.store.preferenceRows.within(EVERY_ANSWER, { check: 1, print: 1 });
    expect(corrections.map(([, , , , text]) => text)).toEqual(['Later.']);
    // A thumb that turns up takes the correction back; what is told later of the hours before does not bring it back.
    await open.take([{ ...line, at: '2026-03-01T11:00:00Z' }]);
    expect(await counts(open)).toEqual({ up: 1, down: 0, corrections: 0 });
    await open.take([{ ...down, at: '2026-03-01T09:30:00Z' }]);
    expect(await counts(open)).toEqual({ up: 1, down: 0, corrections: 0 });
  });
});
