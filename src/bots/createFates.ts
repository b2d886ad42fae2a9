const KEPT = 5_000;

/** What became of questions while they were answered; what a crash forgets of it, the platform still shows. */
export interface Fates {
  /** A version of a question comes for the first time; earlier versions of it are superseded. */
  expect(questionId: string): void;
  isExpected(questionId: string): boolean;
  /** Something of it is on the platform from now on. */
  begun(questionId: string): void;
  /** @param base the id that all its versions share */
  withdraw(base: string): void;
  of(questionId: string): 'withdrawn' | 'superseded' | undefined;
}

/** @param unedited the same for every version of a question */
export function createFates(unedited: (questionId: string) => string): Fates {
  const latest = new Map<string, string>();
  const withdrawn = new Set<string>();
  const expected = new Set<string>();

  /** Long ago is over: nothing of it is on its way any more. */
  function bound(kept: { readonly size: number; keys(): Iterator<string>; delete(key: string): boolean }) {
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
  }

  return {
    expect(questionId) {
      expected.add(questionId);
      const base = unedited(questionId);
      // A later version's id is the greater one; an event that comes late does not bring an earlier one back.
      if (questionId > (latest.get(base) ?? '')) latest.set(base, questionId);
      bound(expected);
      bound(latest);
    },
    isExpected: (questionId) => expected.has(questionId),
    begun: (questionId) => expected.delete(questionId),
    withdraw(base) {
      withdrawn.add(base);
      bound(withdrawn);
    },
    of(questionId) {
      const base = unedited(questionId);
      if (withdrawn.has(base)) return 'withdrawn';
      const newest = latest.get(base);
      return newest === undefined || newest === questionId ? undefined : 'superseded';
    },
  };
}
