import { describe, expect, it } from 'vitest';
import { SENTENCES } from '../../../src/knowledge/answer/sentences.ts';
import { say, sayNote } from '../../../src/knowledge/answer/wording.ts';

describe('the bot’s own sentences', () => {
  it('come in the language asked for, whatever its region', () => {
    expect(say('de', 'nearest')).toBe('Am ehesten steht es hier:');
    expect(say('pt-BR', 'nearest')).toBe('Os lugares mais próximos onde procurar:');
  });

  it.each(['und', 'sw', '', 'constructor', '__proto__'])('come in English for %j', (language) => {
    expect(say(language, 'nearest')).toBe('The nearest places to look:');
  });

  it('take their parameters', () => {
    expect(say('en', 'questionTooLong', { max: 4000 })).toContain('at most 4000 characters');
  });

  it('have the same parameters in every language', () => {
    const holes = (sentence: string) => sentence.match(/\{\w+\}/gu) ?? [];
    for (const table of Object.values(SENTENCES)) {
      for (const [key, sentence] of Object.entries(table)) {
        expect(holes(sentence)).toEqual(holes(SENTENCES.en[key as keyof typeof table]));
      }
    }
  });

  it('exist for every note of an answer', () => {
    expect(sayNote('en', 'model-timeout')).toContain('too long');
  });
});
