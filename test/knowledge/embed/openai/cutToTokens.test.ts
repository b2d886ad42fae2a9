import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/cl100k_base';
import { describe, expect, it } from 'vitest';
import { cutToTokens } from '../../../../src/knowledge/embed/openai/cutToTokens.ts';

describe('cutting a text to a number of tokens', () => {
  it('leaves alone what is short enough, also when it has more bytes than tokens', async () => {
    expect(await cutToTokens('short', 10)).toBe('short');
    const text = 'word '.repeat(100);
    expect(await cutToTokens(text, 120)).toBe(text);
  });

  it('keeps nearly as much as may be kept', async () => {
    const cut = await cutToTokens('word '.repeat(5000), 1000);
    expect(countTokens(cut)).toBeGreaterThan(950);
    expect(countTokens(cut)).toBeLessThanOrEqual(1000);
  });

  it.each([
    ['letters without a space', 'a'.repeat(100_000)],
    ['Chinese without a space', '部署在星期五'.repeat(15_000)],
    ['emoji', '👩‍🚀🎉'.repeat(15_000)],
  ])('cuts 100,000 %s', async (_, text) => {
    const cut = await cutToTokens(text, 500);
    expect(text.startsWith(cut) && cut.length > 0).toBe(true);
    expect(countTokens(cut)).toBeLessThanOrEqual(500);
  });

  it('always gives a beginning of the text that is within the limit', async () => {
    const unit = fc.oneof(
      fc.constantFrom('word ', ' ', '\n\n', 'naïve', '部署', '👩‍🚀', '<|endoftext|>', '0x1F', '```\n'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(unit, { maxLength: 400 }),
        fc.integer({ min: 1, max: 300 }),
        async (units, maxTokens) => {
          const text = units.join('').toWellFormed();
          const cut = await cutToTokens(text, maxTokens);
          expect(text.startsWith(cut)).toBe(true);
          expect(countTokens(cut, { disallowedSpecial: new Set() })).toBeLessThanOrEqual(maxTokens);
        },
      ),
    );
  });
});
