import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCheckText } from '../../../src/feedback/redact/createCheckText.ts';
import { createRedact } from '../../../src/feedback/redact/createRedact.ts';
import { createFindNames } from '../../../src/feedback/redact/findNames.ts';
import { loadOrdinaryWords } from '../../../src/feedback/redact/ordinaryWords.ts';

const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  U1: ['Mara Lind', 'mara'],
  U2: ['Will Smith', 'wsmith'],
  U3: ['李小龍'],
  U4: ["François d'Aubigné", 'fdaub'],
  U5: ['Anne-Marie Müller'],
  U6: ['山田 太郎'],
  U7: ['김민수'],
  U8: ['محمد علي'],
  U9: ['สมชาย'],
  U10: ['jörg'],
  U11: ['deploy', 'ops'],
  U12: ['ann_k82'],
  U13: ['summer'],
  U14: ['zoe'],
};
const isOrdinary = await loadOrdinaryWords();
const find = createFindNames(
  Object.entries(PEOPLE).flatMap(([id, names]) => names.map((name) => ({ id, name }))),
  { isOrdinary },
);
const check = createCheckText(() => 0);
const redact = createRedact((_, personId) => `[${personId}]`);
const redacted = async (text: string) => redact({ text, ...(await check(text, find)) }, 's').text;

describe('a person is known', () => {
  for (const [how, text, kept] of [
    ['by every name, in any case', 'mara lind, MARA LIND, Mara, mara and @mara', '[U1], [U1], [U1], [U1] and [U1]'],
    ['with the family name first', 'Lind, Mara', '[U1]'],
    ['by a handle in a sentence', 'ask wsmith or ann_k82', 'ask [U2] or [U12]'],
    ['by a display name in lower case', 'jörg and Jörg, zoe and Zoe', '[U10] and [U10], [U14] and [U14]'],
    ['with other apostrophes and accents', "François d’Aubigné, Franc\u0327ois d'Aubigne\u0301", '[U4], [U4]'],
    ['with other hyphens and umlauts', 'anne-marie müller, Anne Marie Mu\u0308ller, Anne-Marie', '[U5], [U5], [U5]'],
    ['in Chinese', '请问李小龍在哪', '请问[U3]在哪'],
    ['in Japanese, by one name', '山田さんと太郎', '[U6]さんと[U6]'],
    ['in Korean, with what is attached', '김민수가', '[U7]가'],
    ['in Arabic', 'سأل محمد علي ومحمد', 'سأل [U8] و[U8]'],
    ['in Thai', 'คุณสมชายครับ', 'คุณ[U9]ครับ'],
    ['amid signs that nobody sees', 'Ma\u200bra Li\u00adnd', '[U1]'],
    ['by a mention, whoever that is', '<@U99>, <@!U98> and <@U97|joe>', '[U99], [U98] and [U97]'],
  ] as const) {
    it(how, async () => expect(await redacted(text)).toBe(kept));
  }
});

describe('a word stays a word', () => {
  for (const text of [
    'Will this work? It will.',
    'we deploy ops, Ops Deploy',
    'this summer, every Summer',
    'samara, maraschino and Maralind',
  ]) {
    it(text, async () => expect(await redacted(text)).toBe(text));
  }

  it('unless somebody is called by it', async () => {
    expect(await redacted('@Will, @summer, @deploy')).toBe('[U2], [U13], [U11]');
  });
});

it('a mention goes where nobody is known', async () => {
  expect(redact({ text: 'ask <@U2>', ...(await check('ask <@U2>')) }, 's').text).toBe('ask [U2]');
});

it('a whole name never stays, whatever stands around it', async () => {
  const around = fc.string({
    unit: fc.constantFrom(' ', '.', ',', '(', '"', '\n', '!', '*', '/', '\u200b'),
    maxLength: 4,
  });
  const whole = fc.constantFrom('Mara Lind', "François d'Aubigné", 'Anne-Marie Müller', 'ann_k82', '李小龍');
  await fc.assert(
    fc.asyncProperty(around, whole, around, fc.constantFrom('NFC', 'NFD'), async (before, name, after, form) => {
      const text = `x ${before}${name}${after} y`.normalize(form);
      expect((await redacted(text)).normalize('NFC')).not.toContain(name);
    }),
  );
});

it('ten thousand people cost what ten do', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => ({ id: `X${i}`, name: `Mara Lind${i}` }));
  const findMany = createFindNames(many, { isOrdinary });
  expect(findMany(`${'mara '.repeat(20_000)}Mara Lind9999`).at(-1)?.who).toBe('X9999');
});
