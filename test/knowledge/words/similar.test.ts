import { expect, test } from 'vitest';
import { isNearDuplicate, signature } from '../../../src/knowledge/words/similar.ts';

const words = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `w${from + i}`);

test('the same tokens are near-duplicates, also when they are few', () => {
  expect(isNearDuplicate(signature(words(0, 100)), signature(words(0, 100)))).toBe(true);
  expect(isNearDuplicate(signature(['ok']), signature(['ok']))).toBe(true);
  expect(isNearDuplicate(signature(['ok']), signature(['no']))).toBe(false);
});

test('nine of ten in common are, half in common are not', () => {
  expect(isNearDuplicate(signature(words(0, 100)), signature(words(0, 90)))).toBe(true);
  expect(isNearDuplicate(signature(words(0, 100)), signature(words(33, 133)))).toBe(false);
});

test('another order is another text', () => {
  expect(isNearDuplicate(signature(words(0, 100)), signature(words(0, 100).reverse()))).toBe(false);
});

test('passages without tokens are like nothing', () => {
  expect(isNearDuplicate(signature([]), signature([]))).toBe(false);
});

test('the estimate folds most pairs at 0.8 and few at 0.6', () => {
  const folded = (kept: number): number => {
    let count = 0;
    for (let trial = 0; trial < 50; trial++) {
      const a = words(trial * 1000, trial * 1000 + 202);
      const b = [...a.slice(0, kept), ...words(trial * 1000 + 500, trial * 1000 + 702 - kept)];
      if (isNearDuplicate(signature(a), signature(b))) count++;
    }
    return count;
  };
  // 200 shingles each: J = s / (400 - s) of s shared ones, which are kept - 2.
  expect(folded(180)).toBeGreaterThanOrEqual(40);
  expect(folded(152)).toBeLessThanOrEqual(3);
});
