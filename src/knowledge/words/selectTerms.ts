import type { QueryTerm } from './query.ts';

/** How much one search over words may read; a posting costs roughly a quarter of a microsecond. */
export interface SelectionLimits {
  /** Rows that all terms together may touch; the rarest two are kept whatever they cost. */
  readonly maxPostings: number;
  readonly maxTerms: number;
}

const SELECTION_LIMITS: SelectionLimits = { maxPostings: 40_000, maxTerms: 32 };

/**
 * Leaves out the terms that say nothing, so that a question of frequent words stays cheap: what is in no passage, then,
 * from the most frequent down, what would go over the limits, and what most passages have when rarer terms are left
 * (bm25 gives it no worth, yet every such passage would be read). Keeps the order; a term that
 * comes twice (asked, and carried over from the thread) stays once, with its higher weight.
 * @param df in how many passages a token stands; a phrase is asked for token by token
 */
export function selectTerms(
  terms: readonly QueryTerm[],
  df: (token: string) => number,
  totalPassages: number,
  limits: SelectionLimits = SELECTION_LIMITS,
): QueryTerm[] {
  const distinct = heaviest(terms);
  const found = distinct.map((term) => ({ term, postings: postings(term, df) })).filter(({ postings }) => postings > 0);
  found.sort((a, b) => a.postings - b.postings);
  const kept = new Set<QueryTerm>();
  let read = 0;
  for (const { term, postings } of found) {
    const worthless = postings > totalPassages / 2;
    const dear = read + postings > limits.maxPostings;
    if (kept.size >= limits.maxTerms || (kept.size >= 1 && worthless) || (kept.size >= ALWAYS_KEPT && dear)) break;
    kept.add(term);
    read += postings;
  }
  return distinct.filter((term) => kept.has(term));
}

const ALWAYS_KEPT = 2;

function heaviest(terms: readonly QueryTerm[]): QueryTerm[] {
  const distinct = new Map<string, QueryTerm>();
  for (const term of terms) {
    const key = JSON.stringify(term.alternatives);
    if ((distinct.get(key)?.weight ?? 0) < term.weight) distinct.set(key, term);
  }
  return [...distinct.values()];
}

function postings(term: QueryTerm, df: (token: string) => number): number {
  let sum = 0;
  for (const alternative of new Set(term.alternatives)) {
    sum += Math.min(...alternative.split(' ').map((token) => df(token)));
  }
  return sum;
}
