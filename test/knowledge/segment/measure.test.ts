import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureSegments } from '../../../src/knowledge/segment/measure.ts';

const groups = (text: string): string[] => text.split('');

describe('measureSegments', () => {
  test('gives full marks to the same groups by other names', () => {
    const same = measureSegments(groups('aabbbc'), groups('xxyyyz'));
    expect(same).toEqual({ messages: 6, variationOfInformation: 100, oneToOne: 100, exactF1: 100 });
  });

  test('measures one group against two halves', () => {
    // VI = H(truth | found) = 1 bit of at most log2 4 = 2; one half can be matched; nothing is exact.
    const merged = measureSegments(groups('aaaa'), groups('xxyy'));
    expect(merged).toEqual({ messages: 4, variationOfInformation: 50, oneToOne: 50, exactF1: 0 });
  });

  test('measures the worst there is: everything alone against everything together', () => {
    const alone = measureSegments(groups('abcd'), groups('xxxx'));
    expect(alone).toEqual({ messages: 4, variationOfInformation: 0, oneToOne: 25, exactF1: 0 });
  });

  test('counts exact conversations of more than one message only', () => {
    // found: {1,2} {3,4} {5}; truth: {1,2} {3} {4,5}: one of two found and one of two true ones agree.
    const figures = measureSegments(groups('aabbc'), groups('xxyzz'));
    expect(figures.exactF1).toBe(50);
    expect(figures.oneToOne).toBe(80);
    // By hand: H(found) = H(truth) = 1.5219, joint = 1.9219 bits, VI = 0.8, log2 5 = 2.3219.
    expect(figures.variationOfInformation).toBeCloseTo(100 * (1 - 0.8 / Math.log2(5)), 10);
  });

  test('matches one to one by the best total, not greedily', () => {
    // Overlaps a-x 3, a-y 2, b-x 2: greedy keeps 3, the best keeps 2 + 2.
    const figures = measureSegments(groups('aaaaabb'), groups('xxxyyxx'));
    expect(figures.oneToOne).toBeCloseTo((100 * 4) / 7, 10);
  });

  test('has an answer for nothing and for one message', () => {
    expect(measureSegments([], [])).toEqual({ messages: 0, variationOfInformation: 100, oneToOne: 100, exactF1: 100 });
    expect(measureSegments(['a'], ['x'])).toEqual({
      messages: 1,
      variationOfInformation: 100,
      oneToOne: 100,
      exactF1: 100,
    });
  });

  test('is symmetric and stays between 0 and 100', () => {
    const pair = fc.array(fc.tuple(fc.nat(5).map(String), fc.nat(5).map(String)), { maxLength: 40 });
    fc.assert(
      fc.property(pair, (messages) => {
        const left = messages.map(([a]) => a);
        const right = messages.map(([, b]) => b);
        const there = measureSegments(left, right);
        const back = measureSegments(right, left);
        for (const key of ['variationOfInformation', 'oneToOne', 'exactF1'] as const) {
          expect(there[key]).toBeCloseTo(back[key], 9);
          expect(there[key]).toBeGreaterThanOrEqual(-1e-9);
          expect(there[key]).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
