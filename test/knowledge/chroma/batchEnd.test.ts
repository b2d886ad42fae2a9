import { describe, expect, it } from 'vitest';
import { batchEnd } from '../../../src/knowledge/chroma/batchEnd.ts';

const rows = (count: number, dimensions: number) =>
  Array.from({ length: count }, (_, i) => ({ id: String(i), vector: new Float32Array(dimensions), audience: 1 }));

describe('batchEnd', () => {
  it.each([
    ['all of a few', rows(3, 8), 0, 5461, 3],
    ['no more than the server takes', rows(30, 8), 10, 4, 14],
    ['a server without a limit', rows(30, 8), 10, -1, 30],
    ['no more than a thousand', rows(3_000, 8), 1_500, 5461, 2_500],
    ['few that are long: 8 MB', rows(500, 3_072), 0, 5461, 118],
    ['one that is too long by itself', rows(3, 1_000_000), 1, 5461, 2],
    ['none are left', rows(3, 8), 3, 5461, 3],
  ])('%s', (_, all, start, serverMaxRows, end) => {
    expect(batchEnd(all, start, serverMaxRows)).toBe(end);
  });
});
