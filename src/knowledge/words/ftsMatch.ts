import type { QueryTerm } from './query.ts';

/**
 * The FTS5 MATCH expression that finds passages with any of the terms: quoted strings joined by OR, so that nothing in
 * a question is read as query syntax. FTS5's bm25() knows no weights, but counts a string that is given twice twice:
 * terms that weigh twice as much as the lightest are repeated. A token of several terms has the highest weight of them. Empty when there is nothing to look for: do not ask then.
 */
export function ftsMatch(terms: readonly QueryTerm[]): string {
  const weighed = terms.filter(({ weight }) => weight > 0 && weight < Number.POSITIVE_INFINITY);
  const lightest = Math.min(...weighed.map((term) => term.weight));
  const times = new Map<string, number>();
  for (const term of weighed) {
    const repeats = Math.min(MAX_REPEATS, Math.max(1, Math.round(term.weight / lightest)));
    for (const quoted of term.alternatives.map(quote)) {
      if (quoted) times.set(quoted, Math.max(times.get(quoted) ?? 0, repeats));
    }
  }
  const strings = [...times].flatMap(([quoted, repeats]) => Array<string>(repeats).fill(quoted));
  return strings.slice(0, MAX_STRINGS).join(' OR ');
}

const MAX_REPEATS = 4;
/** What one question may cost; FTS5 itself allows more. */
const MAX_STRINGS = 256;

function quote(token: string): string {
  const safe = token.toWellFormed().replaceAll('\0', ' ').replaceAll('"', '""').trim();
  return safe && `"${safe}"`;
}
