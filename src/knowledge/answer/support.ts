import type { Citation } from './Answer.ts';
import { askedFor, coverage } from './asked.ts';
import { contentSet } from './content.ts';
import type { Evidence } from './Evidence.ts';
import { type Unit, unitsOf } from './markdown/units.ts';
import { evidenceContent } from './passageContent.ts';

export interface Supported {
  /** How many different content words it has. */
  readonly size: number;
  /** Share of them that stand in the evidence, 0 to 1. */
  readonly overlap: number;
  /** The same, but 0 if it has a number that is in no passage: those are invented most easily, and hurt most. */
  readonly share: number;
}

/** Compares what is claimed with what the evidence says, word by word. */
export interface Support {
  of(claim: string): Supported;
  /** The citation of passage `n` for these claims: its quote is the stretch that has most of their words. */
  cite(n: number, claims: string): Citation | undefined;
}

const MAX_QUOTE_CHARS = 400;

/** @param language ISO 639-1 of the answer, or `und` */
export function createSupport(evidence: readonly Evidence[], language: string): Support {
  return {
    of(claim) {
      const all = evidenceContent(evidence, language);
      const claimed = askedFor(claim.replace(/\[\d+\]/gu, ''), language);
      const overlap = coverage(claimed, all);
      const invents = claimed.some(({ token }) => /\p{N}/u.test(token) && !all.has(token));
      return { size: claimed.length, overlap, share: invents ? 0 : overlap };
    },
    cite(n, claims) {
      const passage = evidence.find((candidate) => candidate.n === n);
      if (passage === undefined) return undefined;
      const quote = bestStretch(passage.text, contentSet(claims, language), language);
      return { n, passageId: passage.passageId, title: passage.title, url: passage.url, quote };
    },
  };
}

/** The unit with most of the words, and the one behind it when both fit: verbatim from the text. */
function bestStretch(text: string, wanted: ReadonlySet<string>, language: string): string {
  const units = unitsOf(text).filter((unit) => unit.kind !== 'blank');
  const scores = units.map((unit) => (wanted.size === 0 ? 0 : overlap(unit, wanted, language)));
  const best = scores.indexOf(Math.max(...scores));
  const first = units[best]?.text ?? text;
  const next = units[best + 1];
  const both = next !== undefined && (scores[best + 1] ?? 0) > 0 ? `${first}${next.text}` : first;
  const stretch = both.length <= MAX_QUOTE_CHARS && text.includes(both) ? both : first;
  return cut(stretch.trim(), MAX_QUOTE_CHARS);
}

function overlap(unit: Unit, wanted: ReadonlySet<string>, language: string): number {
  const found = contentSet(unit.text, language);
  let shared = 0;
  for (const token of found) if (wanted.has(token)) shared += 1;
  return shared / Math.sqrt(found.size + 5);
}

/** Cut at a space, never inside a character. */
function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const space = text.lastIndexOf(' ', maxChars);
  const end = space > maxChars / 2 ? space : maxChars;
  return text.slice(0, /[\ud800-\udbff]/u.test(text[end - 1] ?? '') ? end - 1 : end);
}
