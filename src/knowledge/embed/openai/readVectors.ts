import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';

const Response = z.looseObject({
  data: z.array(
    z.looseObject({
      index: z.int().min(0).optional(),
      embedding: z.union([z.string(), z.array(z.number().nullable())]),
    }),
  ),
});

/**
 * The vectors of an answer of POST /embeddings, made unit length, in the order of the texts that were asked for: by
 * `index`, or as they come where there is none. Takes base64 and numbers, whichever was asked for. Throws BackscrollError
 * `unavailable` for what is no such answer, and `refused` for vectors that nothing can be compared with.
 */
export function readVectors(raw: unknown, count: number, who: string): Float32Array[] {
  const parsed = Response.safeParse(raw);
  if (!parsed.success) {
    throw new BackscrollError('unavailable', `${who} answered with something that is no list of vectors.`);
  }
  const { data } = parsed.data;
  if (data.length !== count) {
    throw new BackscrollError('refused', `${who} answered ${data.length} vectors for ${count} texts.`);
  }
  const vectors: (Float32Array | undefined)[] = new Array(count).fill(undefined);
  data.forEach(({ index, embedding }, place) => {
    const at = index ?? place;
    if (at >= count || vectors[at]) {
      throw new BackscrollError(
        'refused',
        `${who} does not say which vector is for which text (index ${at} of ${count}).`,
      );
    }
    vectors[at] = toUnit(typeof embedding === 'string' ? fromBase64(embedding, who) : fromNumbers(embedding), who);
  });
  return vectors.filter((vector) => vector !== undefined);
}

/** JSON has no NaN: servers that compute one write null. */
function fromNumbers(numbers: readonly (number | null)[]): Float32Array {
  return Float32Array.from(numbers, (x) => x ?? Number.NaN);
}

/** Float32, little-endian. */
function fromBase64(text: string, who: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) {
    throw new BackscrollError('refused', `${who} answered base64 that is no list of 32-bit numbers.`);
  }
  const vector = new Float32Array(bytes.length / 4);
  for (let i = 0; i < vector.length; i += 1) vector[i] = bytes.readFloatLE(i * 4);
  return vector;
}

function toUnit(vector: Float32Array, who: string): Float32Array {
  let square = 0;
  for (const x of vector) square += x * x;
  const norm = Math.sqrt(square);
  if (!Number.isFinite(norm) || norm < 1e-12) {
    throw new BackscrollError(
      'refused',
      `${who} answered a vector of ${vector.length} numbers that is ${norm < 1e-12 ? 'zero' : 'not finite'}: is it a model for embeddings?`,
    );
  }
  for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) / norm;
  return vector;
}
