import type { FoundText } from '../record/PreferenceRecords.ts';
import type { FindingKind } from './Finding.ts';

const PLACEHOLDER: Readonly<Record<Exclude<FindingKind, 'name' | 'mention'>, string>> = {
  secret: '[secret]',
  email: '[e-mail]',
  phone: '[phone]',
  iban: '[IBAN]',
  card: '[card number]',
  ip: '[address]',
};

export interface Redacted {
  readonly text: string;
  /** True when a secret stood in it: such a text is not to be trained on at all. */
  readonly hasSecret: boolean;
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
}

/** Takes out of a text what was found in it when it was written; nothing is searched for again. */
export type Redact = (text: FoundText, spaceId: string | undefined) => Redacted;

/** @param pseudonymOf a stable other name of a person: the same for the same person of a space, telling nothing of them */
export function createRedact(pseudonymOf: (spaceId: string | undefined, personId: string) => string): Redact {
  return ({ text, findings }, spaceId) => {
    const counts: Partial<Record<FindingKind, number>> = {};
    let out = '';
    let at = 0;
    for (const { kind, from, to, who, in: inSpace } of findings) {
      if (from < at || to > text.length) continue;
      const isPerson = kind === 'name' || kind === 'mention';
      out += text.slice(at, from) + (isPerson ? pseudonymOf(inSpace ?? spaceId, who ?? '') : PLACEHOLDER[kind]);
      counts[kind] = (counts[kind] ?? 0) + 1;
      at = to;
    }
    return { text: out + text.slice(at), hasSecret: (counts.secret ?? 0) > 0, counts };
  };
}
