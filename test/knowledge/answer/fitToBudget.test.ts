import { describe, expect, it } from 'vitest';
import { beginning, fitToBudget } from '../../../src/knowledge/answer/fitToBudget.ts';
import { passage } from './evidence.ts';

const countTokens = (text: string) => text.split(/\s+/u).filter(Boolean).length;

describe('fitToBudget', () => {
  it('keeps order and numbers, and tries smaller passages behind one that does not fit', () => {
    const evidence = [passage(1, 'a '.repeat(100)), passage(2, 'b '.repeat(500)), passage(3, 'c '.repeat(50))];
    expect(fitToBudget(evidence, 400, countTokens).map(({ n }) => n)).toEqual([1, 3]);
  });

  it('shortens the best rather than giving none', () => {
    const [only] = fitToBudget([passage(1, 'word '.repeat(1000))], 200, countTokens);
    expect(countTokens(only?.text ?? '')).toBe(120);
  });

  it('gives none when there is no room at all', () => {
    expect(fitToBudget([passage(1, 'word')], 10, countTokens)).toEqual([]);
  });
});

describe('beginning', () => {
  it('ends at a white space where there is one', () => {
    expect(beginning('one two three', 2, countTokens)).toBe('one two');
    expect(beginning('一二三四五六', 3, (text) => text.length)).toBe('一二三');
  });

  it('never ends within a character', () => {
    expect(beginning('ab🙂', 3, (text) => text.length)).toBe('ab');
  });
});
