import { type Finding, withoutOverlaps } from './Finding.ts';
import { findMentions } from './findMentions.ts';
import type { FindNames } from './findNames.ts';
import { findPersonal } from './findPersonal.ts';
import { findSecrets } from './findSecrets.ts';
import { type Folded, foldText } from './foldText.ts';

/** What is found by another version is looked for anew. */
export const CHECK_VERSION = 2;

export interface Checked {
  readonly tokens: number;
  readonly findings: readonly Finding[];
}

/** Looks once for what may have to go, and counts the tokens. */
export type CheckText = (text: string, findNames?: FindNames) => Promise<Checked>;

/** @param countTokens o200k tokens; never throws, in linear time */
export function createCheckText(countTokens: (text: string) => number): CheckText {
  return async (text, findNames) => {
    const found: Finding[] = [];
    for (const folded of readings(text)) {
      const secrets = await findSecrets(folded.text);
      const rest = [findPersonal, findMentions, ...(findNames ? [findNames] : [])].flatMap((find) => find(folded.text));
      found.push(...placed(secrets, folded), ...placed(rest, folded));
    }
    return { tokens: countTokens(text), findings: withoutOverlaps(found) };
  };
}

/**
 * Adds the names of people who became known after a text was checked. What was found before stays: who was forgotten
 * since is not to come back by it.
 * @returns undefined when there are none
 */
export function addNames(text: string, before: readonly Finding[], findNames: FindNames): Finding[] | undefined {
  const found = readings(text).flatMap((folded) => placed(findNames(folded.text), folded));
  if (found.length === 0) return undefined;
  const all = withoutOverlaps([...before, ...found]);
  return all.length === before.length &&
    all.every(({ from, to }, i) => before[i]?.from === from && before[i]?.to === to)
    ? undefined
    : all;
}

const WITHOUT_WIDTH = /[\u200b\u200c\ufeff]/g;

/** A space without width may stand within a word to hide it, and between two: then both are looked at. */
function readings(text: string): Folded[] {
  const apart = text.replace(WITHOUT_WIDTH, ' ');
  return apart === text ? [foldText(text)] : [foldText(text), foldText(apart)];
}

/** From places in the folded text to those in the one that was written. */
function placed(findings: readonly Finding[], { from, to }: Folded): Finding[] {
  return findings.map((finding) => ({ ...finding, from: from(finding.from), to: to(finding.to) }));
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
