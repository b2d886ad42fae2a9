import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateAlike, findAlike } from '../../../src/feedback/datasets/alike/findAlike.ts';
import {
  fingerprint,
  jaccard,
  SLOTS,
  shinglesOf,
  signaturePart,
} from '../../../src/feedback/datasets/alike/fingerprint.ts';
import { wordsOf } from '../../../src/feedback/datasets/alike/wordsOf.ts';

describe('words', () => {
  it('are one form whatever the writing, and characters where nobody writes spaces', () => {
    expect(wordsOf('Ｒｅｓｅｔ the VPN-Client, NOW!')).toEqual(['reset', 'the', 'vpn', 'client', 'now']);
    expect(wordsOf('重置VPN密码')).toEqual(['重', '置', 'vpn', '密', '码']);
    expect(wordsOf('パスワード')).toHaveLength(5);
    expect(wordsOf('รหัสผ่าน').length).toBeGreaterThan(3);
    expect(wordsOf('… — !')).toEqual([]);
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
        const [a, b] = [said, other].map((one) => signaturePart(fingerprint(one.join(' '), 5))) as [
          Uint8Array,
          Uint8Array,
        ];
        // Six standard errors of 128 hash functions.
        expect(Math.abs(estimateAlike(a, b) - exact)).toBeLessThan(0.27);
      }),
      { numRuns: 60 },
    );
  });

  it('are found in the index, and what has nothing in common is not', () => {
    const base = Array.from({ length: 100 }, (_, i) => `word${i}`);
    const texts = [base, base.with(50, 'changed'), base.map((word) => `${word}other`)].map((said) => said.join(' '));
    const signatures = new Uint8Array(3 * SLOTS);
    texts.forEach((said, i) => void signatures.set(signaturePart(fingerprint(said, 5)), i * SLOTS));
    const seen: string[] = [];
    findAlike(signatures, 3, (one, earlier) => void seen.push(`${one} ${earlier}`));
    expect(new Set(seen)).toEqual(new Set(['1 0']));
  });
});
