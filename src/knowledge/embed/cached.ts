import { createHash } from 'node:crypto';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Embedder } from './Embedder.ts';

/**
 * Where vectors that cost something are kept.
 * An implementation owes: exactly the vectors that were put, under the embedder's id; `put` replaces; both take any
 * number of entries (none, too). It may forget at any time, and must when a text is to be forgotten: see embeddingHash.
 */
export interface EmbeddingCache {
  /** Those that are known, by hash. */
  get(embedderId: string, hashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  put(embedderId: string, entries: ReadonlyMap<string, Float32Array>): Promise<void>;
}

/** Texts are embedded, and then kept, in portions: what was paid for is not lost when a later one fails. */
const portionTexts = 1024;

/** Under what a text's vector is kept: SHA-256 of its kind and itself, in hexadecimal digits. */
export function embeddingHash(kind: 'passage' | 'question', text: string): string {
  return createHash('sha256').update(`${kind}\0`).update(text).digest('hex');
}

/**
 * The same embedder, which asks the cache first and embeds each distinct text once. An embedder whose vectors are not
 * worth caching is given back as it is.
 */
export function withCache(embedder: Embedder, cache: EmbeddingCache): Embedder {
  if (!embedder.worthCaching) return embedder;
  return {
    id: embedder.id,
    worthCaching: false,
    dimensions: () => embedder.dimensions(),
    async embed(texts, options) {
      const hashes = texts.map((text) => embeddingHash(options.kind, text));
      const textOf = new Map(hashes.map((hash, i) => [hash, texts[i] ?? '']));
      const vectors = new Map(await cache.get(embedder.id, [...textOf.keys()]));
      const missing = [...textOf.keys()].filter((hash) => !vectors.has(hash));
      for (let from = 0; from < missing.length; from += portionTexts) {
        const portion = missing.slice(from, from + portionTexts);
        const made = await embedder.embed(
          portion.map((hash) => textOf.get(hash) ?? ''),
          options,
        );
        const entries = new Map<string, Float32Array>();
        portion.forEach((hash, i) => {
          const vector = made[i];
          if (vector) entries.set(hash, vector);
        });
        await cache.put(embedder.id, entries);
        for (const [hash, vector] of entries) vectors.set(hash, vector);
      }
      return hashes.map((hash) => vectors.get(hash) ?? failLost(embedder.id));
    },
  };
}

function failLost(id: string): never {
  throw new BackscrollError('internal', `The embedder ${id} gave back fewer vectors than there were texts.`);
}
