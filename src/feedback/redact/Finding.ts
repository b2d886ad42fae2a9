/** What may have to go before a text is trained on. */
export type FindingKind = 'secret' | 'email' | 'phone' | 'iban' | 'card' | 'ip' | 'name' | 'mention';

/** A place in a text, never its words: `from` and `to` count UTF-16 units, `to` behind the last. */
export interface Finding {
  readonly kind: FindingKind;
  readonly from: number;
  readonly to: number;
  /** The person whom a name or a mention means, as the platform's id. */
  readonly who?: string;
}

/** Drops what overlaps: the earlier wins, then the longer; a secret wins over all. In order of place. */
export function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const rank = ({ kind }: Finding) => (kind === 'secret' ? 0 : 1);
  const wanted = [...findings].sort((a, b) => rank(a) - rank(b) || a.from - b.from || b.to - a.to);
  const kept: Finding[] = [];
  for (const finding of wanted) {
    if (finding.to > finding.from && !kept.some(({ from, to }) => finding.from < to && from < finding.to)) {
      kept.push(finding);
    }
  }
  return kept.sort((a, b) => a.from - b.from);
}
