import { contentTokens } from './content.ts';
import type { Evidence } from './Evidence.ts';

/** What a passage is about, in content tokens; see `contentTokens`. */
export interface PassageContent {
  readonly title: readonly string[];
  readonly body: readonly string[];
  readonly all: ReadonlySet<string>;
}

/**
 * The content tokens of a passage. Several steps of one answer ask for them, and to find them is most of what an answer
 * costs without a model: they are made once for as long as the passage's object lives, and go with it.
 * @param language ISO 639-1 or `und`
 */
export function passageContent(passage: Evidence, language: string): PassageContent {
  return remembered(ofPassages, passage, language, () => {
    const title = contentTokens(passage.title, language);
    const body = contentTokens(passage.text, language);
    return { title, body, all: new Set([...title, ...body]) };
  });
}

/** The content tokens of all passages of an answer together, titles included. */
export function evidenceContent(evidence: readonly Evidence[], language: string): ReadonlySet<string> {
  return remembered(ofEvidence, evidence, language, () => {
    const all = new Set<string>();
    for (const passage of evidence) for (const token of passageContent(passage, language).all) all.add(token);
    return all;
  });
}

const ofPassages = new WeakMap<object, Map<string, PassageContent>>();
const ofEvidence = new WeakMap<object, Map<string, ReadonlySet<string>>>();

function remembered<T>(known: WeakMap<object, Map<string, T>>, of: object, language: string, make: () => T): T {
  const byLanguage = known.get(of) ?? new Map<string, T>();
  known.set(of, byLanguage);
  const found = byLanguage.get(language) ?? make();
  byLanguage.set(language, found);
  return found;
}
