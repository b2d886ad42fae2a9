import { describe, expect, it } from 'vitest';
import { costOf } from '../../../src/knowledge/llm/cost.ts';

describe('what an answer costs', () => {
  const used = { inputTokens: 2000, outputTokens: 500 };

  it('is counted in and out', () => {
    expect(costOf(used, { inputPerMillion: 0.5, outputPerMillion: 2 })).toBeCloseTo(0.002);
  });

  it('is nothing where tokens are free, and unknown where no price was said', () => {
    expect(costOf(used, { inputPerMillion: 0, outputPerMillion: 0 })).toBe(0);
    expect(costOf(used)).toBeUndefined();
  });
});
