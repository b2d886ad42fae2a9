import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestMatchingWeight, type Overlap } from '../../../src/knowledge/segment/assignment.ts';

/** The plain definition: try every way. */
function byTrial(weights: readonly (readonly number[])[], row = 0, used = 0): number {
  const line = weights[row];
  if (!line) return 0;
  let best = byTrial(weights, row + 1, used);
  for (const [column, weight] of line.entries()) {
    if (used & (1 << column)) continue;
    best = Math.max(best, weight + byTrial(weights, row + 1, used | (1 << column)));
  }
  return best;
}

test('finds the best total of every small matrix, whatever its shape', () => {
  const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 })), { minLength: columns, maxLength: columns }),
      {
        minLength: rows,
        maxLength: rows,
      },
    ),
  );
  fc.assert(
    fc.property(matrix, (weights) => {
      const overlaps: Overlap[] = weights
        .flatMap((line, row) => line.map((weight, column) => ({ row, column, weight })))
        .filter(({ weight }) => weight > 0);
      expect(bestMatchingWeight(overlaps)).toBe(byTrial(weights));
    }),
    { numRuns: 300 },
  );
});

test('matches nothing where there is nothing', () => {
  expect(bestMatchingWeight([])).toBe(0);
});
