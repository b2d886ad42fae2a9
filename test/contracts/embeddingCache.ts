import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddingCache } from '../../src/knowledge/embed/cached.ts';

/** What every EmbeddingCache owes, wherever it keeps vectors. */
export function describeEmbeddingCache(
  name: string,
  start: () => Promise<{ cache: EmbeddingCache; stop(): Promise<void> }>,
): void {
  describe(`${name} keeps the contract of EmbeddingCache`, () => {
    let opened: Awaited<ReturnType<typeof start>>;
    let cache: EmbeddingCache;
    beforeEach(async () => {
      opened = await start();
      cache = opened.cache;
    });
    afterEach(() => opened.stop());
    const hash = () => randomBytes(32).toString('hex');

    it('gives exactly what was put, to the last bit', async () => {
      const entries = new Map([
        [hash(), new Float32Array([0.1, -0.2, 3.5e-8])],
        [hash(), new Float32Array([1, 0, 0])],
      ]);
      await cache.put('e1', entries);
      expect(await cache.get('e1', [...entries.keys()])).toEqual(entries);
    });

    it('knows nothing of what was not put, nor under another embedder', async () => {
      const key = hash();
      await cache.put('e1', new Map([[key, new Float32Array([1])]]));
      expect(await cache.get('e1', [hash()])).toEqual(new Map());
      expect(await cache.get('e2', [key])).toEqual(new Map());
    });

    it('replaces', async () => {
      const key = hash();
      await cache.put('e1', new Map([[key, new Float32Array([1])]]));
      await cache.put('e1', new Map([[key, new Float32Array([2])]]));
      expect((await cache.get('e1', [key])).get(key)).toEqual(new Float32Array([2]));
    });

    it('takes none, and thousands', async () => {
      await cache.put('e1', new Map());
      expect(await cache.get('e1', [])).toEqual(new Map());
      const many = new Map(Array.from({ length: 3000 }, (_, i) => [hash(), new Float32Array([i])]));
      await cache.put('e1', many);
      expect((await cache.get('e1', [...many.keys()])).size).toBe(3000);
    });
  });
}
