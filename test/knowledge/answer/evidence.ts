import type { Evidence } from '../../../src/knowledge/answer/Evidence.ts';

/** A passage for tests; what matters to a test is given, the rest is plausible. */
export function passage(n: number, text: string, given: Partial<Evidence> = {}): Evidence {
  return {
    n,
    passageId: 100 + n,
    documentId: 200 + n,
    text,
    title: `#ops · Passage ${n}`,
    url: `https://chat.example.com/archives/C1/p${n}`,
    kind: 'page',
    score: 1 / n,
    ...given,
  };
}
