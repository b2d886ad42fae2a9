import { setImmediate as letOthersRun } from 'node:timers/promises';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { addFeatures } from './builtinFeatures.ts';
import type { Embedder } from './Embedder.ts';

/**
 * The embedder that needs no download, no key and no model: the letters of the words, hashed into 384 signed sums
 * (Weinberger et al. 2009, "Feature hashing for large scale multitask learning"). It knows nothing of meaning. What it
 * adds to a search over words is everything that is spelled alike: slips of the pen, compounds, inflections that no
 * stemmer takes off, names as other languages write them.
 * Fails only with `cancelled`.
 * @param elsewhere makes the vectors of passages in another thread; a question does not wait for those
 */
export function createBuiltinEmbedder(elsewhere?: (texts: readonly string[]) => Promise<Float32Array[]>): Embedder {
  return {
    id: 'builtin-1',
    worthCaching: false,
    dimensions: async () => DIMENSIONS,
    async embed(texts, { kind, signal }) {
      if (elsewhere && kind === 'passage' && texts.length > 0) return elsewhere(texts);
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        if (vectors.length % TEXTS_AT_A_TIME === TEXTS_AT_A_TIME - 1) await letOthersRun();
        if (signal?.aborted)
          throw new BackscrollError('cancelled', 'Making vectors was cancelled.', { cause: signal.reason });
        vectors.push(embedOne(text));
      }
      return vectors;
    },
  };
}

const DIMENSIONS = 384;
/** About ten milliseconds of work. */
const TEXTS_AT_A_TIME = 64;

/** The vectors at once, for a thread that nobody waits in. */
export function embedTexts(texts: readonly string[]): Float32Array[] {
  return texts.map(embedOne);
}

function embedOne(text: string): Float32Array {
  const features = new Map<number, { count: number; readonly weight: number }>();
  addFeatures(text, (hash, weight) => {
    const known = features.get(hash);
    if (known) known.count++;
    else features.set(hash, { count: 1, weight });
  });
  const sums = new Float64Array(DIMENSIONS);
  for (const [hash, { count, weight }] of features) {
    const value = weight * (1 + Math.log(count));
    const at = (hash >>> 1) % DIMENSIONS;
    sums[at] = (sums[at] ?? 0) + (hash & 1 ? value : -value);
  }
  return unit(sums);
}

/** A text without features (nothing, or punctuation) gets a fixed direction, since a vector of length 0 has none. */
function unit(sums: Float64Array): Float32Array {
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  if (squares === 0) return Float32Array.from(sums, (_, i) => (i === 0 ? 1 : 0));
  const length = Math.sqrt(squares);
  return Float32Array.from(sums, (sum) => sum / length);
}
