import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHazards } from '../../../../src/knowledge/answer/clean/hazards.ts';
import { skeletonOf } from '../../../../src/knowledge/answer/clean/skeleton.ts';

const signs = [
  'a',
  'B',
  '.',
  'com',
  '/',
  ':',
  '@',
  '\\',
  '&',
  'amp;',
  '&#46;',
  '\u00ad',
  '．',
  'ﬁ',
  'İ',
  '😀',
  ' ',
  '\n',
];
const text = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => parts.join(''));

describe('a text as it may come to be seen', () => {
  it('has disguises taken off, and knows where each sign stood', () => {
    expect(skeletonOf('Evil&#46;C\u00adOM')).toEqual({
      text: 'evil.com',
      at: [0, 1, 2, 3, 4, 9, 11, 12, 13],
      isPlain: false,
    });
  });

  it('is called plain only where it is the text itself in lower case, sign for sign', () => {
    expect(skeletonOf('See Example.com.').isPlain).toBe(true);
    fc.assert(
      fc.property(text, (original) => {
        const { text: shown, at, isPlain } = skeletonOf(original);
        expect(at).toHaveLength(shown.length + 1);
        expect(at.at(-1)).toBe(original.length);
        if (!isPlain) return;
        expect(shown).toBe(original.toLowerCase());
        expect(at).toEqual(Array.from({ length: original.length + 1 }, (_, i) => i));
      }),
    );
  });

  it('shows a link wherever the same text with a disguise in front shows one', () => {
    fc.assert(
      fc.property(text, (original) => {
        // What is disguised is looked at twice, plain text once: neither may see less.
        const alone = findHazards(` ${original}`).map(({ from, to }) => [from, to]);
        const beside = findHazards(`\u00ad ${original}`).map(({ from, to }) => [from - 1, to - 1]);
        expect(alone).toEqual(beside);
      }),
    );
  });
});
