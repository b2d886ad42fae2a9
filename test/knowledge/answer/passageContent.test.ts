import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentSet } from '../../../src/knowledge/answer/content.ts';
import { evidenceContent, passageContent } from '../../../src/knowledge/answer/passageContent.ts';
import { passage } from './evidence.ts';

const words = fc.array(
  fc.constantFrom('the', 'VPN', 'mounts', 'E_SEAT_409', 'können', '東京都', "l'homme", '12.5', '\n'),
);
const texts = fc.array(
  words.map((found) => found.join(' ')),
  { minLength: 1, maxLength: 4 },
);

describe('what passages are about', () => {
  it('is what their titles and texts are about, one by one and all together', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('en', 'de', 'zh', 'und'), (given, language) => {
        const evidence = given.map((text, i) => passage(i + 1, text));
        const joined = evidence.map(({ title, text }) => `${title}\n${text}`);
        evidence.forEach((one, i) => {
          expect(passageContent(one, language).all).toEqual(contentSet(joined[i] as string, language));
        });
        expect(evidenceContent(evidence, language)).toEqual(contentSet(joined.join('\n'), language));
      }),
    );
  });

  it('is found once for each language', () => {
    const one = passage(1, 'Die Kaffeemaschine tropft');
    expect(passageContent(one, 'de')).toBe(passageContent(one, 'de'));
    expect(passageContent(one, 'en')).not.toBe(passageContent(one, 'de'));
  });
});
