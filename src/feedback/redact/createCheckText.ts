import { type Finding, withoutOverlaps } from './Finding.ts';
import type { FindNames } from './findNames.ts';
import { findPersonal } from './findPersonal.ts';
import { findSecrets } from './findSecrets.ts';

/** What is found by another version is looked for anew. */
export const CHECK_VERSION = 1;

export interface Checked {
  readonly tokens: number;
  readonly findings: readonly Finding[];
}

/** Looks once for what may have to go, and counts the tokens. */
export type CheckText = (text: string, findNames?: FindNames) => Promise<Checked>;

/** @param countTokens o200k tokens; never throws, in linear time */
export function createCheckText(countTokens: (text: string) => number): CheckText {
  return async (text, findNames) => {
    const found = [...(await findSecrets(text)), ...findPersonal(text), ...(findNames?.(text) ?? [])];
    return { tokens: countTokens(text), findings: withoutOverlaps(found) };
  };
}

const SECRET = '[secret]';

/** A text without the secrets that were found in it, and with where they were: what may be stored of it. */
export function withoutSecrets(text: string, findings: readonly Finding[]): { text: string; findings: Finding[] } {
  let out = '';
  let at = 0;
  const kept: Finding[] = [];
  for (const finding of findings) {
    out += text.slice(at, finding.from);
    const from = out.length;
    out += finding.kind === 'secret' ? SECRET : text.slice(finding.from, finding.to);
    kept.push({ ...finding, from, to: out.length });
    at = finding.to;
  }
  return { text: out + text.slice(at), findings: kept };
}
