import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VectorIndex, VectorRow } from '../../src/knowledge/VectorIndex.ts';

/**
 * What every VectorIndex owes.
 * @param given the index under test, and a name for a collection that no other test has used
 */
export function vectorIndexContract(given: () => { index: VectorIndex; collection: string }): void {
  const row = (id: string, vector: readonly number[], audience = 1): VectorRow => ({
    id,
    vector: Float32Array.from(vector),
    audience,
  });
  const east = [1, 0, 0];
  const north = [0, 1, 0];
  const up = [0, 0, 1];
  const northEast = [Math.SQRT1_2, Math.SQRT1_2, 0];
  const fraction = (x: number) => x - Math.floor(x) - 0.5;
  const ids = (hits: readonly { id: string }[]) => hits.map(({ id }) => id);

  describe('query', () => {
    it('gives the nearest first, with their cosine distances', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('north', north), row('up', up), row('east', east), row('ne', northEast)]);
      const hits = await index.query(collection, Float32Array.from(east), { limit: 3 });
      expect(ids(hits).slice(0, 2)).toEqual(['east', 'ne']);
      expect(hits[0]?.distance).toBeCloseTo(0, 5);
      expect(hits[1]?.distance).toBeCloseTo(1 - Math.SQRT1_2, 5);
      expect(hits[2]?.distance).toBeCloseTo(1, 5);
    });

    it('gives all there are when the limit is larger, and at most the limit when it is smaller', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east), row('b', north)]);
      expect(await index.query(collection, Float32Array.from(east), { limit: 1000 })).toHaveLength(2);
      expect(await index.query(collection, Float32Array.from(east), { limit: 1 })).toHaveLength(1);
      expect(await index.query(collection, Float32Array.from(east), { limit: 0 })).toEqual([]);
    });

    it('gives nothing for a collection that does not exist, and does not make it', async () => {
      const { index, collection } = given();
      expect(await index.query(collection, Float32Array.from(east), { limit: 5 })).toEqual([]);
      expect(await index.query(collection, Float32Array.from(east), { limit: 5, audiences: [1] })).toEqual([]);
      expect((await index.collections.list()).map(({ name }) => name)).not.toContain(collection);
    });

    it('gives nothing for a collection that has been emptied', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east)]);
      await index.remove(collection, ['a']);
      expect(await index.query(collection, Float32Array.from(east), { limit: 5 })).toEqual([]);
      expect(await index.query(collection, Float32Array.from(east), { limit: 5, audiences: [1] })).toEqual([]);
    });

    it('is cancelled by its signal', async () => {
      const { index, collection } = given();
      const signal = AbortSignal.abort();
      await expect(index.query(collection, Float32Array.from(east), { limit: 5, signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
    });
  });

  describe('audiences', () => {
    it('gives only rows of the audiences asked for, however near the others are', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east, 1), row('b', northEast, 2), row('c', up, 3)]);
      const ask = (audiences: number[]) => index.query(collection, Float32Array.from(east), { limit: 5, audiences });
      expect(ids(await ask([2]))).toEqual(['b']);
      expect(ids(await ask([3, 2]))).toEqual(['b', 'c']);
      expect(await ask([4])).toEqual([]);
      expect(await ask([])).toEqual([]);
    });

    it('takes more audiences than one query of the server can hold', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east, 7), row('b', northEast, 39_999), row('c', up, 50_000)]);
      const audiences = Array.from({ length: 40_000 }, (_, i) => i);
      const hits = await index.query(collection, Float32Array.from(up), { limit: 5, audiences: [...audiences, 7] });
      expect(ids(hits).sort()).toEqual(['a', 'b']);
    });

    it('never gives a row of another audience', async () => {
      const { index, collection } = given();
      const rows = Array.from({ length: 200 }, (_, i) =>
        row(`r${i}`, [Math.cos(i), Math.sin(i), (i % 7) / 10], i % 10),
      );
      await index.upsert(collection, rows);
      const audienceOf = new Map(rows.map(({ id, audience }) => [id, audience]));
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.nat({ max: 12 })),
          fc.double({ min: 0, max: 6, noNaN: true }),
          async (audiences, angle) => {
            const vector = Float32Array.from([Math.cos(angle), Math.sin(angle), 0]);
            const hits = await index.query(collection, vector, { limit: 50, audiences });
            expect(hits.every(({ id }) => audiences.includes(audienceOf.get(id) ?? -1))).toBe(true);
            expect(hits).toHaveLength(Math.min(50, 20 * audiences.filter((audience) => audience < 10).length));
          },
        ),
        { numRuns: 25 },
      );
    });
  });

  describe('upsert', () => {
    it('may be repeated', async () => {
      const { index, collection } = given();
      const rows = [row('a', east), row('b', north)];
      await index.upsert(collection, rows);
      await index.upsert(collection, rows);
      expect(ids(await index.query(collection, Float32Array.from(east), { limit: 5 }))).toEqual(['a', 'b']);
    });

    it('replaces the vector and the audience of an id', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east, 1), row('b', northEast, 1)]);
      await index.upsert(collection, [row('a', up, 2)]);
      expect(ids(await index.query(collection, Float32Array.from(east), { limit: 5 }))).toEqual(['b', 'a']);
      expect(ids(await index.query(collection, Float32Array.from(east), { limit: 5, audiences: [1] }))).toEqual(['b']);
      expect(ids(await index.query(collection, Float32Array.from(east), { limit: 5, audiences: [2] }))).toEqual(['a']);
    });

    it('lets the last of several rows with one id win', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east, 1), row('b', north, 1), row('a', up, 2)]);
      const hits = await index.query(collection, Float32Array.from(up), { limit: 5 });
      expect(ids(hits)).toEqual(['a', 'b']);
      expect(hits[0]?.distance).toBeCloseTo(0, 5);
    });

    it('does nothing for no rows', async () => {
      const { index, collection } = given();
      await index.upsert(collection, []);
      expect((await index.collections.list()).map(({ name }) => name)).not.toContain(collection);
    });

    it('refuses a vector that is no vector, and one of another length', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east)]);
      await expect(index.upsert(collection, [row('b', [Number.NaN, 0, 1])])).rejects.toMatchObject({
        code: 'internal',
      });
      await expect(index.upsert(collection, [row('b', [1, 0])])).rejects.toMatchObject({ code: 'refused' });
      expect(ids(await index.query(collection, Float32Array.from(east), { limit: 5 }))).toEqual(['a']);
    });

    it('takes more rows than one request of the server can hold', async () => {
      const { index, collection } = given();
      const rows = Array.from({ length: 6_000 }, (_, i) =>
        row(
          String(i),
          Array.from({ length: 8 }, (_, k) => fraction(Math.sin(i * 12.9898 + k * 78.233) * 43758.5453)),
          i % 3,
        ),
      );
      await index.upsert(collection, rows);
      expect(await index.collections.list()).toContainEqual({ name: collection, rows: 6_000 });
      const [nearest] = await index.query(collection, rows[4_321]?.vector ?? new Float32Array(8), { limit: 1 });
      expect(nearest?.id).toBe('4321');
      await index.remove(collection, ids(rows.slice(0, 5_999)));
      expect(await index.collections.list()).toContainEqual({ name: collection, rows: 1 });
    });

    it('makes a collection once when several begin it side by side', async () => {
      const { index, collection } = given();
      await Promise.all([0, 1, 2, 3].map((i) => index.upsert(collection, [row(`r${i}`, east)])));
      expect((await index.collections.list()).filter(({ name }) => name === collection)).toEqual([
        { name: collection, rows: 4 },
      ]);
    });
  });

  describe('remove', () => {
    it('takes away what it is told and nothing else, and may be repeated', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east), row('b', north), row('c', up)]);
      await index.remove(collection, ['a', 'c', 'unknown', 'a']);
      await index.remove(collection, ['a', 'c']);
      await index.remove(collection, []);
      expect(ids(await index.query(collection, Float32Array.from(east), { limit: 5 }))).toEqual(['b']);
    });

    it('has nothing to do in a collection that does not exist', async () => {
      const { index, collection } = given();
      await index.remove(collection, ['a']);
      expect((await index.collections.list()).map(({ name }) => name)).not.toContain(collection);
    });
  });

  describe('collections', () => {
    it('drops one, which can be made again with other dimensions', async () => {
      const { index, collection } = given();
      await index.upsert(collection, [row('a', east)]);
      await index.collections.drop(collection);
      await index.collections.drop(collection);
      expect(await index.query(collection, Float32Array.from(east), { limit: 5 })).toEqual([]);
      await index.upsert(collection, [row('b', [0, 1])]);
      expect(ids(await index.query(collection, Float32Array.from([0, 1]), { limit: 5 }))).toEqual(['b']);
    });

    it('keeps collections apart', async () => {
      const { index, collection } = given();
      const other = `${collection}-other`;
      await index.upsert(collection, [row('a', east)]);
      await index.upsert(other, [row('b', east)]);
      await index.remove(collection, ['b']);
      expect(ids(await index.query(other, Float32Array.from(east), { limit: 5 }))).toEqual(['b']);
    });
  });
}
