import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldText } from '../../../src/feedback/redact/foldText.ts';

it('a text is folded to what people see alike', () => {
  expect(foldText('Ａ\u200bnn\u00a0＠ ①\u0661 e\u0301').text).toBe('Ann @ 11 é');
});

it('a place in the folded text points to where it was written', () => {
  const text = 'x\u200by é e\u0301z ＡＢ';
  const folded = foldText(text);
  const at = folded.text.indexOf('z AB');
  expect(text.slice(folded.from(at), folded.to(at + 4))).toBe('z ＡＢ');
  const accent = folded.text.lastIndexOf('é');
  expect(text.slice(folded.from(accent), folded.to(accent + 1))).toBe('e\u0301');
});

it('places keep their order and never leave the text, and what is between them folds to the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(), fc.nat(), (text, one, other) => {
      const folded = foldText(text);
      const length = folded.text.length;
      const [from, to] = [one % (length + 1), other % (length + 1)].sort((a, b) => a - b) as [number, number];
      expect(folded.from(from)).toBeLessThanOrEqual(text.length);
      if (from === to) return;
      expect(folded.to(to)).toBeGreaterThan(folded.from(from));
      expect(folded.to(to)).toBeLessThanOrEqual(text.length);
      expect(foldText(text.slice(folded.from(from), folded.to(to))).text).toContain(folded.text.slice(from, to));
    }),
  );
});
