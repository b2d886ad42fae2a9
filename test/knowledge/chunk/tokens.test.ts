import { countTokens as exactly } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { countTokens } from '../../../src/knowledge/chunk/tokens.ts';

describe('countTokens', () => {
  it.each([
    '',
    'hello world',
    'ERR_DLOPEN_FAILED in `foo()`',
    '汉字信息处理。',
    '😀👩‍👩‍👧',
    'a\n\n  b\tc',
    'https://example.com/a?b=c',
  ])('counts %j as the model does', (text) => {
    expect(countTokens(text)).toBe(exactly(text));
  });
  it('takes the names of special tokens for text', () => {
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });
  it.each([
    ['a', 5_000],
    ['汉', 5_000],
    ['😀', 5_000],
    [' ', 5_000],
    ['=-', 5_000],
  ])('counts an endless run of %j nearly exactly, and never too few', (unit, times) => {
    const text = unit.repeat(times);
    expect(countTokens(text)).toBeGreaterThanOrEqual(exactly(text));
    expect(countTokens(text)).toBeLessThan(exactly(text) * 1.3 + 20);
  });
  it('estimates what is huge', () => {
    expect(countTokens('lorem ipsum '.repeat(400_000)) / 800_000).toBeCloseTo(1, 1);
    expect(countTokens('a'.repeat(50_000_000))).toBeGreaterThan(1_000_000);
  });
});
