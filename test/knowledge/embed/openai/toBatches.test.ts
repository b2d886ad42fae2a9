import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBatches } from '../../../../src/knowledge/embed/openai/toBatches.ts';

describe('cutting texts into batches', () => {
  it('fills one after the other', () => {
    expect(toBatches(['a', 'b', 'cccc', 'dd'], { maxTexts: 2, maxTokens: 5, maxInputTokens: 5 })).toEqual([
      ['a', 'b'],
      ['cccc'],
      ['dd'],
    ]);
  });

  it('counts no text for more than it is cut to', () => {
    const text = 'x'.repeat(100);
    expect(toBatches([text, text], { maxTexts: 9, maxTokens: 20, maxInputTokens: 10 })).toHaveLength(1);
  });

  it('loses nothing, keeps the order, and holds to the limits', () => {
    const limits = { maxTexts: 5, maxTokens: 30, maxInputTokens: 12 };
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 })), (texts) => {
        const batches = toBatches(texts, limits);
        expect(batches.flat()).toEqual(texts);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(limits.maxTexts);
          const most = batch.reduce((sum, text) => sum + Math.min(Buffer.byteLength(text), limits.maxInputTokens), 0);
          expect(most).toBeLessThanOrEqual(limits.maxTokens);
        }
      }),
    );
  });
});
