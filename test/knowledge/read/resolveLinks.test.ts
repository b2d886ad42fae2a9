import { expect, it } from 'vitest';
import { readMarkdown } from '../../../src/knowledge/read/readMarkdown.ts';
import { resolveLinks } from '../../../src/knowledge/read/resolveLinks.ts';

const page = readMarkdown('[a](../b.md#c) [d](https://x.example/e) [f](#g) ![h](i.png) [j](http://[)', {
  fallbackTitle: '',
});
const urls = (of: typeof page) => JSON.stringify(of.body).match(/(?<="url":")[^"]*/g);

it('makes relative links absolute and leaves the page as it was', () => {
  const before = structuredClone(page);
  expect(urls(resolveLinks(page, 'https://docs.example.com/guide/start/'))).toEqual([
    'https://docs.example.com/guide/b.md#c',
    'https://x.example/e',
    'https://docs.example.com/guide/start/#g',
    'https://docs.example.com/guide/start/i.png',
    'http://[',
  ]);
  expect(page).toEqual(before);
});

it('leaves everything as it is without a base that is a URL', () => {
  expect(resolveLinks(page, 'guide/start.md')).toEqual(page);
});
