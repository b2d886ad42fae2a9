import { expect, it } from 'vitest';
import { compareVersions } from '../../../src/knowledge/chroma/compareVersions.ts';

it.each([
  ['1.0.5', '1.0.5', 0],
  ['1.0.5', '1.3.4', -1],
  ['1.10.0', '1.9.9', 1],
  ['2', '1.9.9', 1],
  ['1.0', '1.0.0', 0],
  ['1.0.5-beta.2', '1.0.5', 0],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
