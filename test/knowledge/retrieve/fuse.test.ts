import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuse, weightsFor } from '../../../src/knowledge/retrieve/fuse.ts';

const builtin = weightsFor('builtin-1');
const half = { words: 0.5, vectors: 0.5 };

test('a passage that both lists have comes before one that leads in one', () => {
  const words = [
    { id: 1, score: 10 },
    { id: 2, score: 9 },
  ];
  const vectors = [
    { id: 3, distance: 0.2 },
    { id: 2, distance: 0.3 },
  ];
  expect(fuse({ words, vectors }, half).map(({ id }) => id)).toEqual([2, 1, 3]);
});

test('each hit says where it stood and what it had', () => {
  const [hit] = fuse({ words: [{ id: 7, score: 4 }], vectors: [{ id: 7, distance: 0.25 }] }, half);
  expect(hit).toEqual({ id: 7, score: 1, words: { rank: 1, score: 4 }, vectors: { rank: 1, distance: 0.25 } });
});

test('lists may come in any order, and one of them may be empty', () => {
  const words = [
    { id: 1, score: 1 },
    { id: 2, score: 2 },
  ];
  const found = fuse({ words, vectors: [] }, builtin);
  expect(found.map(({ id, words }) => [id, words?.rank])).toEqual([
    [2, 1],
    [1, 2],
  ]);
  expect(fuse({ words: [], vectors: [] }, half)).toEqual([]);
});

test('what is as alike as chance makes it adds nothing', () => {
  const vectors = Array.from({ length: 100 }, (_, i) => ({ id: i, distance: 0.5 + i / 1000 }));
  const found = fuse({ words: [], vectors }, half);
  expect(found.at(0)?.score).toBe(0.5);
  expect(found.at(-1)?.score).toBe(0);
});

test('the built-in vectors count less than learned ones', () => {
  expect(weightsFor('builtin-1').vectors).toBeLessThan(weightsFor('openai-text-embedding-3-small').vectors);
});

test('always: each id once, best first, scores from 0 to 1, the same whatever the order of the lists', () => {
  const id = fc.integer({ min: 1, max: 30 });
  const words = fc.uniqueArray(fc.record({ id, score: fc.double({ min: 0, max: 50, noNaN: true }) }), {
    selector: (x) => x.id,
  });
  const vectors = fc.uniqueArray(fc.record({ id, distance: fc.double({ min: 0, max: 2, noNaN: true }) }), {
    selector: (x) => x.id,
  });
  fc.assert(
    fc.property(words, vectors, (w, v) => {
      const found = fuse({ words: w, vectors: v }, builtin);
      expect(new Set(found.map((hit) => hit.id)).size).toBe(found.length);
      found.forEach(({ score }, i) => {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(score).toBeLessThanOrEqual(found[i - 1]?.score ?? 1);
      });
      expect(fuse({ words: w.toReversed(), vectors: v.toReversed() }, builtin)).toEqual(found);
    }),
  );
});
