import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMoment } from '../../../src/feedback/import/readMoment.ts';
import { EVERY_ANSWER } from '../../store/everyAnswer.ts';
import { type OpenPreferences, openPreferences, type VoteFields, votesOn } from '../openPreferences.ts';

const NOW_MS = Date.UTC(2026, 10, 28);
const read = (given: string | number) => readMoment(given, NOW_MS);

describe('a moment', () => {
  it.each([
    ['2026-01-05T08:00:00Z', '2026-01-05T08:00:00.000Z'],
    ['2026-01-05T08:00:00.123456+02:00', '2026-01-05T06:00:00.123Z'],
    ['2026-01-05T08:00-0330', '2026-01-05T11:30:00.000Z'],
    ['2026-01-05 08:00:00+00', '2026-01-05T08:00:00.000Z'],
    ['2026-01-05', '2026-01-05T00:00:00.000Z'],
    // Without a zone: UTC, on whichever machine.
    ['2026-07-05T08:00:00', '2026-07-05T08:00:00.000Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
    [Date.UTC(2026, 0, 5), '2026-01-05T00:00:00.000Z'],
  ])('%s is %s', (given, moment) => {
    expect(new Date(read(given) as number).toISOString()).toBe(moment);
  });

  it.each([
    ['05.01.2026', /"at" is no moment: ISO 8601 \(2026-01-05T08:00:00Z.*milliseconds/],
    ['01/05/2026', /"at" is no moment/],
    ['1', /"at" is no moment/],
    ['1767600000000', /"at" is no moment/],
    ['yesterday', /"at" is no moment/],
    ['', /"at" is no moment/],
    ['2026-02-30T08:00:00Z', /"at" is no moment/],
    ['2025-02-29', /"at" is no moment/],
    ['2026-01-05T24:00:00Z', /"at" is no moment/],
    ['2026-13-01', /"at" is no moment/],
    ['2099-01-01', /"at" has not come yet/],
    ['1999-12-31T23:59:59Z', /"at" is before the year 2000/],
    [1767600000, /"at" is in seconds since 1970: milliseconds are wanted/],
    [1, /"at" is before the year 2000/],
    [-1, /"at" is before the year 2000/],
    [NOW_MS + 2 * 86_400_000, /"at" has not come yet/],
  ])('%s is none, and it is said what is wanted', (given, why) => {
    expect(read(given)).toMatch(why);
  });

  it('is read from whatever toISOString writes, and from no text that names another day', () => {
    const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: NOW_MS });
    fc.assert(fc.property(moment, (ms) => read(new Date(ms).toISOString()) === ms));
    const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(two(14), two(33), (month, day) => {
        const text = `2024-${month}-${day}`;
        const ms = read(text);
        if (typeof ms === 'number') expect(new Date(ms).toISOString().slice(0, 10)).toBe(text);
      }),
    );
  });
});

describe('a line that is left out', () => {
  let open: OpenPreferences;
  beforeEach(async () => {
    open = await openPreferences();
  });
  afterEach(() => open.close());
  const [vote] = votesOn(1, 'up') as [VoteFields];
  const line = (changed: object) => JSON.stringify({ ...vote, ...changed });

  it('is told by the name of its key and what is wanted there, never in words of a library', async () => {
    const wrong: [string, RegExp][] = [
      ['[]', /it is not a JSON object/],
      ['"text"', /it is not a JSON object/],
      ['null', /it is not a JSON object/],
      [line({ id: '' }), /"id" is empty/],
      [line({ id: undefined }), /"id" is missing/],
      [line({ id: {} }), /"id" is neither a text nor a number/],
      [line({ voter: '  ' }), /"voter" is empty/],
      [line({ voter: ['w'] }), /"voter" is neither a text nor a number/],
      [line({ question: 7 }), /"question" is not a text/],
      [line({ answer: undefined }), /"answer" is missing/],
      [line({ vote: undefined }), /"vote" is missing/],
      [line({ passages: {} }), /"passages" is not a list of \{text, url\}/],
      [line({ passages: ['text'] }), /"passages" is not an object \{text, url\}/],
      [line({ passages: [{ text: '' }] }), /"passages.text" is empty/],
      [line({ passages: [{ text: 'x', url: 'u'.repeat(5000) }] }), /"passages.url" has more than 4,000 characters/],
      [line({ passages: [{ text: 'x', url: 7 }] }), /"passages.url" is not a text/],
      [line({ passages: Array.from({ length: 51 }, () => ({ text: 'x' })) }), /"passages" has more than 50/],
      [line({ reason: 7 }), /"reason" is not a text/],
      [line({ correction: [] }), /"correction" is not a text/],
      [line({ model: 'm'.repeat(201) }), /"model" has more than 200 characters/],
      [line({ at: undefined }), /"at" is missing/],
      [line({ at: true }), /"at" is neither/],
      ['x'.repeat(9 << 20), /it is longer than 8 MB/],
    ];
    // An empty line is passed over and counts in the numbers of the lines.
    const report = await open.take([JSON.stringify(vote), ...wrong.map(([text]) => text)]);
    expect(report).toMatchObject({ lines: wrong.length + 1, votes: 1 });
    const why = new Map(report.skipped.map((one) => [one.line, one.why]));
    for (const [n, [text, expected]] of wrong.entries()) {
      const said = why.get(n + 2) ?? report.skipped.find((one) => expected.test(one.why))?.why;
      expect(said, text.slice(0, 200)).toMatch(expected);
      expect(said).not.toMatch(/Invalid input|Too (small|big)|expected/);
    }
  });

  it('is not one with half a pair of UTF-16 or a NUL: these are made whole before anything is kept', async () => {
    const broken = line({
      question: 'Half \ud83d a pair\0?',
      answer: 'So \udc00it is\0.',
      correction: '\0Thus\ud800.',
    });
    expect(await open.take([broken])).toMatchObject({ events: 2, answers: 1 });
    const whole = line({ question: 'Half \ufffd a pair?', answer: 'So \ufffdit is.', correction: 'Thus\ufffd.' });
    expect(await open.take([broken, whole])).toMatchObject({ events: 0, known: 4 });
    const { answers, corrections } = open.store.preferenceRows.within(EVERY_ANSWER, { check: 1, print: 1 });
    const [id = ''] = answers[0] ?? [];
    const wanted = { found: [], passages: [], imported: [], corrections: [] };
    const words = open.store.preferenceWords.of({ ...wanted, clean: [id] });
    expect(words.answers.map(([, question, , answer]) => [question, answer])).toEqual([
      ['Half \ufffd a pair?', 'So \ufffdit is.'],
    ]);
    expect(corrections.map(([, , , , text]) => text)).toEqual(['Thus\ufffd.']);
  });
});
