import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpool } from '../../../src/feedback/datasets/folder/createSpool.ts';

describe('the spool', () => {
  it('gives every text back whatever the order, the length, and what is added meanwhile', () => {
    const text = fc
      .tuple(fc.string({ unit: 'binary' }), fc.constantFrom(1, 1, 1, 700, 9_000, 400_000))
      .map(([said, times]) => said.slice(0, 4).repeat(times));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (texts, order) => {
          const folder = mkdtempSync(join(tmpdir(), 'backscroll-test-'));
          const spool = createSpool(join(folder, 'spool'));
          try {
            expect(readdirSync(folder)).toEqual([]);
            const kept: { bytes: Buffer; span: ReturnType<typeof spool.add> }[] = [];
            const put = (said: string) => kept.push({ bytes: Buffer.from(said, 'utf8'), span: spool.add(said) });
            const look = (at: number) => {
              const { bytes, span } = kept[at % kept.length] as (typeof kept)[number];
              expect(spool.read(span).equals(bytes)).toBe(true);
            };
            for (const [i, said] of texts.entries()) {
              put(said);
              look(order[i] ?? 0);
            }
            for (const at of [...kept.keys(), ...order]) look(at);
          } finally {
            spool.close();
            rmSync(folder, { recursive: true });
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
