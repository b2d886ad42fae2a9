import { expect, it } from 'vitest';
import { createSlugger, slugOf } from '../../../src/knowledge/chunk/slug.ts';

it.each([
  ['Install on Linux!', 'install-on-linux'],
  ['`ThreadChannel#join()` & more', 'threadchanneljoin--more'],
  ['Über uns – 关于', 'über-uns--关于'],
  ['snake_case and dash-case', 'snake_case-and-dash-case'],
])('the slug of %j is %j', (heading, slug) => {
  expect(slugOf(heading)).toBe(slug);
});

it('counts up what was there before, as GitHub does', () => {
  const slug = createSlugger();
  expect(['Usage', 'Usage', 'usage-1', 'Usage'].map(slug)).toEqual(['usage', 'usage-1', 'usage-1-1', 'usage-2']);
});
