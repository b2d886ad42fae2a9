import { type Asked, askedFor, coverage, presence, type Rarity } from '../asked.ts';
import type { Evidence } from '../Evidence.ts';
import { passageContent } from '../passageContent.ts';
import { addressesIn, isSameAddress } from './addresses.ts';
import { expectedForm } from './expected.ts';
import type { Quotable } from './Quoted.ts';
import { quotableOf } from './quotable.ts';
import { isAboutTheSame, saysTheSame } from './update.ts';

const MAX_QUOTES = 3;
/** So near to the best one, a second and a third quote are worth reading although they have no new words of the question. */
const NEARLY_BEST = [0.85, 0.93] as const;
/** One that is worth this much of the best is read if it has so much more of the question. */
const WORTH_READING = 0.55;
const NEW_SHARE = 0.2;
/** This much is enough for what belongs to a quote: the page that it points to, another part of its conversation. */
const WORTH_BESIDE = 0.25;
/** A newer quote about the same thing that fits this well beside the older one replaces it at the top. */
const NEWER_FIT = 0.7;

/**
 * The best parts of the best passages, best first: others only if they add something. Of two about the same thing the
 * newer comes first, and of two that say the same only the better one is kept.
 */
export function chooseQuotes(
  question: string,
  evidence: readonly Evidence[],
  language: string,
  rarity?: Rarity,
): Quotable[] {
  const asked = askedFor(question, language, rarity ?? rarityWithin(question, evidence, language));
  const sought = { asked, language, form: expectedForm(question) };
  const topScore = Math.max(...evidence.map((passage) => passage.score), Number.MIN_VALUE);
  const found = evidence
    .map((passage) => quotableOf(passage, sought, Math.max(0, passage.score) / topScore))
    .filter((quotable) => quotable !== undefined)
    .sort((a, b) => b.worth - a.worth);
  const chosen: Quotable[] = [];
  for (const quotable of found) {
    if (chosen.length === MAX_QUOTES) break;
    if (chosen.some((other) => saysTheSame(other.words, quotable.words))) continue;
    if (chosen.length === 0 || isWorthReading(quotable, chosen, asked)) chosen.push(quotable);
  }
  return newerFirst(chosen);
}

function isWorthReading(quotable: Quotable, chosen: readonly Quotable[], asked: readonly Asked[]): boolean {
  const share = quotable.worth / (chosen[0] as Quotable).worth;
  if (share >= (NEARLY_BEST[chosen.length - 1] ?? 1)) return true;
  if (share >= WORTH_BESIDE && chosen.some((other) => belongsTo(quotable, other, chosen))) return true;
  if (share < WORTH_READING) return false;
  const known = new Set(chosen.flatMap(({ about }) => [...about]));
  const added = coverage(asked, new Set([...known, ...quotable.about])) - coverage(asked, known);
  return added >= NEW_SHARE || chosen.some((other) => isNewerThan(quotable, other));
}

/** "See this page": the part of it that answers. And what else was said to the question in the same conversation. */
function belongsTo(quotable: Quotable, other: Quotable, chosen: readonly Quotable[]): boolean {
  const { documentId, url, kind } = quotable.evidence;
  if (kind === 'conversation') return documentId === other.evidence.documentId && quotable.fit >= other.fit * NEWER_FIT;
  const isShown = chosen.some(({ evidence }) => evidence.documentId === documentId);
  return !isShown && addressesIn(other.verbatim).some((address) => isSameAddress(address, url));
}

function isNewerThan(quotable: Quotable, other: Quotable): boolean {
  const isNewer = (quotable.evidence.atMs ?? 0) > (other.evidence.atMs ?? Number.POSITIVE_INFINITY);
  return isNewer && quotable.fit >= other.fit * NEWER_FIT && isAboutTheSame(quotable.words, other.words);
}

function newerFirst(quotes: readonly Quotable[]): Quotable[] {
  const ordered = [...quotes];
  for (let i = 1; i < ordered.length; i += 1) {
    for (let j = i; j > 0; j -= 1) {
      const [before, after] = [ordered[j - 1] as Quotable, ordered[j] as Quotable];
      if (!isNewerThan(after, before)) break;
      [ordered[j - 1], ordered[j]] = [after, before];
    }
  }
  return ordered;
}

/** What every passage has tells none of them apart. */
function rarityWithin(question: string, evidence: readonly Evidence[], language: string): Rarity {
  const sets = evidence.map((passage) => passageContent(passage, language).all);
  const plain: readonly Asked[] = askedFor(question, language);
  const rarities = new Map(
    plain.map(({ token, weight }) => {
      const having = sets.filter((found) => presence(token, found) >= 0.5).length;
      return [token, weight * (1 - having / (sets.length + 1))] as const;
    }),
  );
  return (token) => rarities.get(token);
}
