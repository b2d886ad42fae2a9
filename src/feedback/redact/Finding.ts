/** What may have to go before a text is trained on. */
export type FindingKind = 'secret' | 'email' | 'phone' | 'iban' | 'card' | 'ip' | 'name' | 'mention';

/** A place in a text, never its words: `from` and `to` count UTF-16 units, `to` behind the last. */
export interface Finding {
  readonly kind: FindingKind;
  readonly from: number;
  readonly to: number;
  /** The person whom a name or a mention means, as the platform's id. */
  readonly who?: string;
  /** The space whose person that is, where it is known. */
  readonly in?: string;
}

/**
 * Makes one of what overlaps: a secret wins over all, then the earlier, then the longer; the one that wins covers the
 * others too, so that no end of theirs stays. In order of place.
 */
export function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const rank = ({ kind }: Finding) => (kind === 'secret' ? 0 : 1);
  const wanted = findings
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from || rank(a) - rank(b) || b.to - a.to);
  const kept: Finding[] = [];
  for (const finding of wanted) {
    const last = kept.at(-1);
    if (!last || last.to <= finding.from) kept.push(finding);
    else {
      const winner = rank(finding) < rank(last) ? finding : last;
      kept[kept.length - 1] = { ...winner, from: last.from, to: Math.max(last.to, finding.to) };
    }
  }
  return kept;
}
