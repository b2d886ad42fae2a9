import { shinglesOf } from '../alike/fingerprint.ts';

/** So many words in a row are not the same by chance. */
const RUN_WORDS = 12;

/** True if one of the texts says a run of words just as one of the hidden texts does. */
export function repeats(texts: readonly string[], hidden: readonly string[]): boolean {
  const runs = new Set<number>();
  for (const text of texts) if (text !== '') for (const run of shinglesOf(text, RUN_WORDS)) runs.add(run);
  return hidden.some((text) => [...shinglesOf(text, RUN_WORDS)].some((run) => runs.has(run)));
}
