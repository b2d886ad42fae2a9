import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inReadingOrder } from '../../../../src/knowledge/read/pdf/readingOrder.ts';

const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;
/** Parts side by side, drawn from the left, or (`from: 'right'`) from the right. */
const drawn = (texts: readonly string[], from: 'left' | 'right' = 'left') =>
  texts.map((text, at) => ({ text, x: from === 'left' ? at * 10 : 500 - at * 10, isRightToLeft: RTL.test(text) }));
const backwards = (text: string) => [...text].reverse();

describe('a line that runs from right to left', () => {
  it.each([
    ['letter by letter from the left', drawn(backwards('שלום עולם')), 'שלום עולם'],
    ['word by word from the left', drawn(['עולם', ' ', 'שלום']), 'שלום עולם'],
    ['in the order of reading', drawn(['שלום', ' ', 'עולם'], 'right'), 'שלום עולם'],
    ['with a number in it', drawn([...backwards('דקות'), ' ', '45', ' ', ...backwards('אחרי')]), 'אחרי 45 דקות'],
    [
      'with foreign words in it',
      drawn([...backwards('היום'), ' ', 'Linux', ' ', '24', ' ', ...backwards('עם')]),
      'עם Linux 24 היום',
    ],
    ['as one run', drawn(['שלום עולם']), 'שלום עולם'],
    ['in letters as they look', drawn(backwards('\uFE8D\uFEDF\uFE92\uFEA4\uFEAE')), 'البحر'],
  ])('drawn %s', (_, parts, text) => {
    expect(inReadingOrder(parts)).toBe(text);
  });
});

it('some words of it stand in another line where they belong', () => {
  const parts = drawn(['The', ' ', 'word', ' ', ...backwards('שלום עולם'), ' ', 'means', ' ', 'peace']);
  expect(inReadingOrder(parts)).toBe('The word שלום עולם means peace');
});

it('ligatures are letters again', () => {
  expect(inReadingOrder(drawn(['o', '\uFB03', 'ce']))).toBe('office');
});

it('whatever the parts, all are there, and those of a line from left to right in their order', () => {
  const text = fc.string({ maxLength: 4 }).map((letters) => letters.replace(/[\uFB00-\uFDFF\uFE70-\uFEFC]/g, 'x'));
  const part = fc.record({ text, x: fc.integer({ min: 0, max: 500 }), isRightToLeft: fc.boolean() });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const joined = parts.map((one) => one.text).join('');
      expect([...inReadingOrder(parts)].sort()).toEqual([...joined].sort());
      if (parts.every(({ isRightToLeft }) => !isRightToLeft)) expect(inReadingOrder(parts)).toBe(joined);
    }),
  );
});
