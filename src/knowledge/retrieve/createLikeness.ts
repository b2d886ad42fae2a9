import { contentTokens } from '../answer/content.ts';
import type { Embedder } from '../embed/Embedder.ts';
import type { Reader } from '../Reader.ts';
import { detectLanguage } from '../words/language.ts';
import type { Retrieve } from './Retrieve.ts';

const NEAR = 20;
const PATIENCE_MS = 20_000;

/** Tells which questions are about the same, and who wrote what comes near them. */
export function createLikeness(deps: { readonly embedder: Embedder; readonly retrieve: Retrieve }) {
  return {
    words: (text: string): readonly string[] => contentTokens(text, detectLanguage(text)),
    async vectors(texts: readonly string[]): Promise<readonly Float32Array[]> {
      if (texts.length === 0) return [];
      try {
        const signal = AbortSignal.timeout(PATIENCE_MS);
        return await deps.embedder.embed(texts, { kind: 'question', signal });
      } catch {
        // Without a server for vectors, words have to tell.
        return texts.map(() => new Float32Array());
      }
    },
    async near(question: string, reader: Reader) {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const { hits } = await deps.retrieve({ question, history: [], reader, limit: NEAR, signal });
      return hits.map(({ passage, score }) => ({ spaceId: passage.spaceId, personIds: passage.personIds, score }));
    },
  };
}
