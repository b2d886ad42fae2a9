import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrints } from '../../../src/feedback/datasets/alike/createPrints.ts';
import { fingerprint, jaccard, shinglesOf } from '../../../src/feedback/datasets/alike/fingerprint.ts';
import { hashWord, hashWords } from '../../../src/feedback/datasets/alike/hashWords.ts';
import { wordsOf } from '../../../src/feedback/datasets/alike/wordsOf.ts';

describe('words', () => {
  it('are one form whatever the writing, and characters where nobody writes spaces', () => {
    expect(wordsOf('Ｒｅｓｅｔ the VPN-Client, NOW!')).toEqual(['reset', 'the', 'vpn', 'client', 'now']);
    expect(wordsOf('重置VPN密码')).toEqual(['重', '置', 'vpn', '密', '码']);
    expect(wordsOf('パスワード')).toHaveLength(5);
    expect(wordsOf('รหัสผ่าน').length).toBeGreaterThan(3);
    expect(wordsOf('… — !')).toEqual([]);
  });

  it('are hashed alike whether they are read as plain ASCII or not', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii' });
    const any = fc.string({ unit: fc.constantFrom(...'aZ09 -_.\t\n', 'é', 'ß', 'K', '重', 'İ') });
    fc.assert(
      fc.property(fc.oneof(ascii, any), (said) => {
        expect(hashWords(said)).toEqual(wordsOf(said).map(hashWord));
      }),
    );
  });
});

describe('near-duplicates', () => {
  const words = fc.array(
    fc.integer({ min: 0, max: 5000 }).map((i) => `w${i}`),
    { minLength: 40, maxLength: 150 },
  );

  it('are estimated as alike as they are', () => {
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(3), (said, at, changes) => {
        const other = [...said];
        for (let i = 0; i < changes; i++) other[(at + i * 7) % other.length] = `x${i}`;
        const exact = jaccard(shinglesOf(said.join(' '), 5), shinglesOf(other.join(' '), 5));
        const prints = createPrints();
        for (const one of [said, other]) prints.add(fingerprint(one.join(' '), 5));
        // Six standard errors of 128 hash functions.
        expect(Math.abs(prints.estimate(0, 1) - exact)).toBeLessThan(0.27);
      }),
      { numRuns: 60 },
    );
  });

  it('are found in the index, and what has nothing in common is not', () => {
    const base = Array.from({ length: 100 }, (_, i) => `word${i}`);
    const texts = [base, base.with(50, 'changed'), base.map((word) => `${word}other`)].map((said) => said.join(' '));
    const prints = createPrints();
    for (const said of texts) prints.add(fingerprint(said, 5));
    const seen: string[] = [];
    prints.pairs(Int32Array.of(0, 1, 2), (one, earlier) => void seen.push(`${one} ${earlier}`));
    expect(new Set(seen)).toEqual(new Set(['1 0']));
  });
});

describe('fingerprints', () => {
  it('of equal texts are known as one, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 3000 }), (said) => {
        const prints = createPrints();
        const first = new Map<number, number>();
        for (const [i, what] of said.entries()) {
          const print = fingerprint(`text ${what}`, 2);
          expect(prints.add(print)).toBe(i);
          if (!first.has(what)) first.set(what, i);
        }
        expect(said.map((_, i) => prints.sameAs(i))).toEqual(said.map((what) => first.get(what)));
      }),
      { numRuns: 10 },
    );
  });
});
