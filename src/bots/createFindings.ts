/** What `doctor` found out about one thing. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found; where it is not well, what to do. */
  readonly sentence: string;
}

/** Gathers findings, each of which stands alone: one that fails does not hide another. */
export function createFindings() {
  const findings: Finding[] = [];
  return {
    findings,
    async check(name: string, find: () => Promise<string> | string): Promise<void> {
      try {
        findings.push({ check: name, ok: true, sentence: await find() });
      } catch (error) {
        findings.push({ check: name, ok: false, sentence: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}
