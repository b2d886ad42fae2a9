import { describe, expect, it } from 'vitest';
import { type EmbeddingCache, embeddingHash, withCache } from '../../../src/knowledge/embed/cached.ts';
import type { Embedder } from '../../../src/knowledge/embed/Embedder.ts';

function createCache() {
  const kept = new Map<string, Float32Array>();
  const cache: EmbeddingCache = {
    async get(id, hashes) {
      const found = hashes.flatMap((hash) => {
        const vector = kept.get(`${id} ${hash}`);
        return vector ? [[hash, vector] as const] : [];
      });
      return new Map(found);
    },
    async put(id, entries) {
      for (const [hash, vector] of entries) kept.set(`${id} ${hash}`, vector);
    },
  };
  return { cache, kept };
}

function createEmbedder({ id = 'letters', worthCaching = true, failsAtCall = 0 } = {}) {
  const calls: string[][] = [];
  const embedder: Embedder = {
    id,
    worthCaching,
    dimensions: async () => 2,
    async embed(texts) {
      calls.push([...texts]);
      if (calls.length === failsAtCall) throw new Error('the purse is empty');
      return texts.map((text) => Float32Array.of(text.length, 1));
    },
  };
  return { embedder, calls };
}

describe('an embedder with a cache', () => {
  const passage = { kind: 'passage' } as const;

  it('asks for each text once, within a call and across calls', async () => {
    const { embedder, calls } = createEmbedder();
    const { cache } = createCache();
    const cached = withCache(embedder, cache);
    const vectors = await cached.embed(['aa', 'b', 'aa'], passage);
    expect(vectors.map((vector) => vector[0])).toEqual([2, 1, 2]);
    expect((await cached.embed(['b', 'ccc', 'aa'], passage)).map((vector) => vector[0])).toEqual([1, 3, 2]);
    expect(calls).toEqual([['aa', 'b'], ['ccc']]);
  });

  it('does not bother the embedder with what is all known', async () => {
    const { embedder, calls } = createEmbedder();
    const cached = withCache(embedder, createCache().cache);
    await cached.embed(['a'], passage);
    await cached.embed(['a'], passage);
    await cached.embed([], passage);
    expect(calls).toHaveLength(1);
  });

  it('keeps questions and passages, and embedders, apart', async () => {
    const { cache } = createCache();
    const one = createEmbedder({ id: 'one' });
    const two = createEmbedder({ id: 'two' });
    await withCache(one.embedder, cache).embed(['a'], passage);
    await withCache(one.embedder, cache).embed(['a'], { kind: 'question' });
    await withCache(two.embedder, cache).embed(['a'], passage);
    expect([one.calls.length, two.calls.length]).toEqual([2, 1]);
  });

  it('keeps what was made before a later portion failed', async () => {
    const { embedder, calls } = createEmbedder({ failsAtCall: 2 });
    const { cache, kept } = createCache();
    const texts = Array.from({ length: 1500 }, (_, i) => `text ${i}`);
    const cached = withCache(embedder, cache);
    await expect(cached.embed(texts, passage)).rejects.toThrow('purse');
    expect(kept.size).toBe(1024);
    expect(await cached.embed(texts, passage)).toHaveLength(1500);
    expect(calls.map((call) => call.length)).toEqual([1024, 476, 476]);
  });

  it('is the embedder itself when its vectors cost nothing', () => {
    const { embedder } = createEmbedder({ worthCaching: false });
    expect(withCache(embedder, createCache().cache)).toBe(embedder);
  });

  it('says under which hash a text is kept, so that it can be forgotten', async () => {
    const { cache, kept } = createCache();
    await withCache(createEmbedder().embedder, cache).embed(['secret'], passage);
    expect([...kept.keys()]).toEqual([`letters ${embeddingHash('passage', 'secret')}`]);
    expect(embeddingHash('passage', 'secret')).toMatch(/^[0-9a-f]{64}$/);
    expect(embeddingHash('question', 'secret')).not.toBe(embeddingHash('passage', 'secret'));
  });
});
