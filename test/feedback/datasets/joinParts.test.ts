import { describe, expect, it } from 'vitest';
import { createPrints } from '../../../src/feedback/datasets/alike/createPrints.ts';
import { fingerprint } from '../../../src/feedback/datasets/alike/fingerprint.ts';
import { createPartWriter } from '../../../src/feedback/datasets/gather/createPartWriter.ts';
import { joinParts } from '../../../src/feedback/datasets/gather/joinParts.ts';
import { NO_COMPLETION } from '../../../src/feedback/datasets/Rated.ts';
import type { PreferenceFacts, ServedFacts } from '../../../src/feedback/record/PreferenceRecords.ts';

const origin = { platform: 'import', audience: 'unknown', optedOut: false } as const;
const text = { tokens: 10, findings: [] };
const print = fingerprint('the same', 5);

function passage(n: number, number: number): ServedFacts {
  return { ...text, n, key: `p${number}`, from: origin, authors: [] };
}

function facts(answerId: string, passages: readonly ServedFacts[], spaceId = 'import:a'): PreferenceFacts {
  return {
    ...{ answerId, askedMs: 1, status: 'answered', erased: false, asked: { ...origin, spaceId }, passages },
    ...{ question: { ...text, isEmpty: false }, answer: { ...text, isBlank: false }, ballots: [], corrections: [] },
    ...{
      prints: { question: undefined, answer: undefined },
      served: { origin: 'imported', answerer: 'none', historyTurns: 0 },
    },
  };
}

const hand = (by: number) => {
  const writer = createPartWriter(by, { alone: 1, around: 2, passage: 3 });
  return {
    part: () => writer.part(0),
    keep(answerId: string, passages: readonly ServedFacts[], { up = [] as string[], spaceId = 'import:a' } = {}): void {
      writer.keep(
        facts(answerId, passages, spaceId),
        { up, down: [], goodness: 1, label: 'good' },
        {
          bare: false,
          told: { answer: true, correction: false },
          prints: { question: print, answer: print, correction: undefined },
        },
      );
    },
  };
};

const joined = () => joinParts({ questions: createPrints(), completions: createPrints() }, 'operator');

describe('parts that two hands gathered', () => {
  it('are numbered in the order of the record, whoever met what first', () => {
    const [one, other] = [hand(0), hand(1)];
    one.keep('a', [passage(1, 7)], { up: ['anna', 'ben'] });
    const first = one.part();
    // Gathered before the second part, and joined behind it.
    one.keep('c', [passage(1, 9), passage(2, 7)], { up: ['cem', 'anna'], spaceId: 'import:b' });
    const third = one.part();
    other.keep('b', [passage(1, 9), passage(2, 7)], { up: ['cem', 'ben'], spaceId: 'import:b' });
    const second = other.part();
    const { rated, add } = joined();
    for (const part of [first, second, third]) add(part);

    const all = [0, 1, 2].map((answer) => rated.exchange(answer));
    expect(all.map(({ answerId, spaceId }) => [answerId, spaceId])).toEqual([
      ['a', 'import:a'],
      ['b', 'import:b'],
      ['c', 'import:b'],
    ]);
    // The operator is 0.
    expect([0, 1, 2].map((answer) => rated.up(answer))).toEqual([
      [1, 2],
      [3, 2],
      [3, 1],
    ]);
    expect(rated.context(1)).toBe(rated.context(2));
    expect(rated.context(1).passages.map(({ id, key }) => [id, key])).toEqual([
      [1, 'p9'],
      [0, 'p7'],
    ]);
    expect([rated.answer(2), rated.correction(2)]).toEqual([4, NO_COMPLETION]);
    expect([rated.promptTokens(0), rated.promptTokens(1)]).toEqual([10 + 2 + 13, 10 + 2 + 26]);
  });

  it('keep apart the same passages under other numbers: answers cite these', () => {
    const one = hand(0);
    one.keep('a', [passage(1, 7), passage(2, 8)]);
    one.keep('b', [passage(1, 7), passage(3, 8)]);
    one.keep('c', [passage(2, 7)]);
    one.keep('d', [passage(1, 7)]);
    const { rated, add } = joined();
    add(one.part());
    const shown = [0, 1, 2, 3].map((answer) => rated.context(answer).passages.map(({ n }) => n));
    expect(shown).toEqual([[1, 2], [1, 3], [2], [1]]);
    // As contexts for a pair they are equal.
    expect(rated.context(0).key).toBe(rated.context(1).key);
  });
});
