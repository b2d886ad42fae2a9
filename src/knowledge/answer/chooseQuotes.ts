import { type Asked, askedFor, presence, type Rarity } from './asked.ts';
import { contentSet } from './content.ts';
import type { Evidence } from './Evidence.ts';
import { type Quotable, quotableOf } from './quotable.ts';

const MAX_QUOTES = 3;
/** What is much worse than the best is not worth a reader's time. */
const MIN_SHARE_OF_BEST = 0.7;
/** From here on two stretches say the same; from there on they are about the same thing. */
const SAME = 0.8;
const ALIKE = 0.35;

/**
 * The best stretches of the best passages, best first; of two about the same thing the newer comes first, and of two
 * that say the same only the better one is kept.
 */
export function chooseQuotes(
  question: string,
  evidence: readonly Evidence[],
  language: string,
  rarity?: Rarity,
): Quotable[] {
  const asked = askedFor(question, language, rarity ?? rarityWithin(question, evidence, language));
  const topScore = Math.max(...evidence.map((passage) => passage.score), Number.MIN_VALUE);
  const found = evidence
    .map((passage) => quotableOf(passage, asked, Math.max(0, passage.score) / topScore, language))
    .filter((quotable) => quotable !== undefined)
    .sort((a, b) => b.score - a.score);
  const best = found[0]?.score ?? 0;
  const chosen: Quotable[] = [];
  for (const quotable of found) {
    if (chosen.length === MAX_QUOTES || quotable.score < best * MIN_SHARE_OF_BEST) break;
    if (!chosen.some((other) => saysTheSame(other.words, quotable.words))) chosen.push(quotable);
  }
  return newerFirst(chosen);
}

function newerFirst(quotes: readonly Quotable[]): Quotable[] {
  const ordered = [...quotes];
  for (let i = 1; i < ordered.length; i += 1) {
    for (let j = i; j > 0; j -= 1) {
      const [before, after] = [ordered[j - 1] as Quotable, ordered[j] as Quotable];
      const newer = (after.evidence.atMs ?? 0) > (before.evidence.atMs ?? Number.POSITIVE_INFINITY);
      if (!newer || likeness(before.words, after.words) < ALIKE) break;
      [ordered[j - 1], ordered[j]] = [after, before];
    }
  }
  return ordered;
}

/** Alike in words and equal in numbers: two limits that differ are two things to read. */
function saysTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const numbers = (words: ReadonlySet<string>) => [...words].filter((token) => /\p{N}/u.test(token));
  return likeness(a, b) >= SAME && numbers(a).every((n) => b.has(n)) && numbers(b).every((n) => a.has(n));
}

/** Shared words over all words of the shorter one: a long reply may contain a short one. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((token) => b.has(token)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

/** What every passage has tells none of them apart. */
function rarityWithin(question: string, evidence: readonly Evidence[], language: string): Rarity {
  const sets = evidence.map((passage) => contentSet(`${passage.title}\n${passage.text}`, language));
  const plain: readonly Asked[] = askedFor(question, language);
  const rarities = new Map(
    plain.map(({ token, weight }) => {
      const having = sets.filter((found) => presence(token, found) >= 0.5).length;
      return [token, weight * (1 - having / (sets.length + 1))] as const;
    }),
  );
  return (token) => rarities.get(token);
}
