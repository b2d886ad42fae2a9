export interface Skipped {
  readonly why: string;
  readonly count: number;
  /** The first few, for people to look at. */
  readonly what: readonly string[];
}

/** Counts what an import left out, by reason, so that a million of them take no more room than one. */
export interface SkipLog {
  /** @param why one of a few fixed sentences; what differs from case to case belongs into `what` */
  add(why: string, what: string, count?: number): void;
  list(): Skipped[];
}

export function createSkipLog(maxExamples = 5): SkipLog {
  const reasons = new Map<string, { count: number; what: Set<string> }>();
  return {
    add(why, what, count = 1) {
      const reason = reasons.get(why) ?? { count: 0, what: new Set<string>() };
      reasons.set(why, reason);
      reason.count += count;
      if (reason.what.size < maxExamples) reason.what.add(printable(what));
    },
    list() {
      return [...reasons]
        .map(([why, { count, what }]) => ({ why, count, what: [...what] }))
        .sort((a, b) => b.count - a.count || (a.why < b.why ? -1 : 1));
    },
  };
}

/** A name from an archive as it may be shown on a terminal: no control characters, no reversed writing, no end. */
export function printable(name: string): string {
  const clean = name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return clean.length > 300 ? `${clean.slice(0, 300).toWellFormed()}…` : clean;
}
