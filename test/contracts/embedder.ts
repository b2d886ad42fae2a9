import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/knowledge/embed/Embedder.ts';

export interface EmbedderUnderTest {
  readonly embedder: Embedder;
  stop(): Promise<void>;
}

/** What every Embedder owes, wherever its vectors come from. */
export function describeEmbedder(name: string, start: () => Promise<EmbedderUnderTest>): void {
  describe(`${name} keeps the contract of Embedder`, () => {
    let server: EmbedderUnderTest;
    let embedder: Embedder;
    beforeEach(async () => {
      server = await start();
      embedder = server.embedder;
    });
    afterEach(() => server.stop());

    const passages = (...texts: string[]) => embedder.embed(texts, { kind: 'passage' });

    it('has an id that a collection can be named after', () => {
      expect(embedder.id).toMatch(/^[a-z0-9-]{3,120}$/);
    });

    it('has one number of dimensions', async () => {
      const dimensions = await embedder.dimensions();
      expect(Number.isInteger(dimensions) && dimensions > 0).toBe(true);
      expect(await embedder.dimensions()).toBe(dimensions);
      for (const kind of ['passage', 'question'] as const) {
        for (const vector of await embedder.embed(['a cat', 'a dog'], { kind }))
          expect(vector).toHaveLength(dimensions);
      }
    });

    it.each(['passage', 'question'] as const)('makes unit vectors of %ss, one a text, in order', async (kind) => {
      const texts = ['Where is the runbook?', 'Deploy on Friday', '部署在星期五', 'x'];
      const vectors = await embedder.embed(texts, { kind });
      expect(vectors).toHaveLength(texts.length);
      for (const vector of vectors) expectUnit(vector);
      for (const [i, text] of texts.entries()) {
        const [alone] = await embedder.embed([text], { kind });
        expect(cosine(alone, vectors[i])).toBeCloseTo(1, 4);
      }
      expect(cosine(vectors[0], vectors[1])).toBeLessThan(0.999);
    });

    it('makes the same vector of the same text, whatever stands beside it', async () => {
      const [first, , last] = await passages('the same', 'another', 'the same');
      const [later] = await passages('the same');
      expect(cosine(first, last)).toBeCloseTo(1, 6);
      expect(cosine(first, later)).toBeCloseTo(1, 6);
    });

    it('takes nothing', async () => {
      expect(await passages()).toEqual([]);
    });

    it.each([
      ['no letters', ''],
      ['spaces only', ' \n\t '],
      ['emoji only', '🎉🎉🎉'],
      ['punctuation only', '?!…'],
      ['half a surrogate', 'a\ud83d'],
      ['what a tokenizer takes for its own', '<|endoftext|> and <|im_start|>'],
      ['a control character', 'a\u0000b'],
      ['30,000 words', 'word '.repeat(30_000)],
      ['100,000 letters without a space', 'a'.repeat(100_000)],
    ])('makes a unit vector of %s', async (_, text) => {
      for (const kind of ['passage', 'question'] as const) {
        const [vector] = await embedder.embed([text], { kind });
        expectUnit(vector);
      }
    });

    it('may be called side by side, with many texts', async () => {
      const texts = Array.from({ length: 700 }, (_, i) => `message number ${i}`);
      const [all, some] = await Promise.all([passages(...texts), passages(...texts.slice(300, 310))]);
      expect(all).toHaveLength(700);
      some.forEach((vector, i) => {
        expect(cosine(vector, all[300 + i])).toBeCloseTo(1, 6);
      });
    });

    it('throws `cancelled` when it was cancelled before', async () => {
      const asked = embedder.embed(['a'], { kind: 'passage', signal: AbortSignal.abort() });
      await expect(asked).rejects.toMatchObject({ name: 'BackscrollError', code: 'cancelled' });
    });
  });
}

function expectUnit(vector: Float32Array | undefined): void {
  expect(vector).toBeInstanceOf(Float32Array);
  expect(cosine(vector, vector)).toBeCloseTo(1, 4);
}

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  let sum = a && b ? 0 : Number.NaN;
  a?.forEach((x, i) => {
    sum += x * (b?.[i] ?? Number.NaN);
  });
  return sum;
}
