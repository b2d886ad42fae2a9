import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/knowledge/Message.ts';
import type { Linker } from '../../src/knowledge/segment/Linker.ts';

const MINUTE_US = 60_000_000;
const messages = fc
  .array(
    fc.record({
      gap: fc.nat({ max: 300 }),
      personId: fc.constantFrom('ANNA', 'BEN', 'CARO'),
      text: fc.oneof(
        fc.constantFrom('where is the printer?', '<@ANNA> third floor', 'thanks', 'BEN: reboot it'),
        fc.string(),
      ),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((lines) => {
    let atUs = 1_780_000_000_000_000;
    return lines.map(({ gap, personId, text }, i): Message => {
      atUs += gap * MINUTE_US;
      return { id: `m${i}`, atUs, personId, text, files: [], confirmations: 0, contradictions: 0 };
    });
  });

/** What every Linker owes, whatever its rule. */
export function describeLinker(name: string, linker: Linker): void {
  const split = (all: readonly Message[]) => ({ message: all.at(-1) as Message, before: all.slice(0, -1) });

  describe(`${name} keeps the contract of Linker`, () => {
    it('names itself, and a window that is bounded', () => {
      expect(linker.id).toMatch(/^[a-z0-9-]+$/);
      expect(linker.windowMessages).toBeGreaterThan(0);
      expect(linker.windowUs).toBeGreaterThan(0);
      expect(Number.isFinite(linker.windowMessages * linker.windowUs)).toBe(true);
    });

    it('gives a message of the window, or none', () => {
      fc.assert(
        fc.property(messages, (all) => {
          const { message, before } = split(all);
          const antecedent = linker.antecedent(message, before);
          if (antecedent !== undefined) expect(before.map(({ id }) => id)).toContain(antecedent);
        }),
      );
    });

    it('gives the same for the same, whatever it was asked before, and changes nothing', () => {
      fc.assert(
        fc.property(messages, messages, (all, others) => {
          const { message, before } = split(all);
          const frozen = JSON.stringify(all);
          const first = linker.antecedent(message, before);
          const { message: other, before: otherBefore } = split(others);
          linker.antecedent(other, otherBefore);
          expect(linker.antecedent(message, structuredClone(before))).toBe(first);
          expect(JSON.stringify(all)).toBe(frozen);
        }),
      );
    });

    it('gives none where nothing was said before', () => {
      fc.assert(
        fc.property(messages, (all) => {
          expect(linker.antecedent(all[0] as Message, [])).toBeUndefined();
        }),
      );
    });
  });
}
