/** How much a list counts; the two add up to 1. */
export interface FusionWeights {
  readonly words: number;
  readonly vectors: number;
}

/**
 * | embedder | words | vectors | why |
 * | --- | --- | --- | --- |
 * | builtin | 0.82 | 0.18 | measured: 0.75 is best among 240 passages, 0.85 among 15,000, where chance likeness grows |
 * | learned | 0.5 | 0.5 | not measured here; on xquad a small learned model and bm25 find equally well, and differ |
 */
const FUSION_WEIGHTS = {
  builtin: { words: 0.82, vectors: 0.18 },
  learned: { words: 0.5, vectors: 0.5 },
} as const satisfies Record<string, FusionWeights>;

/** How much a word in the title counts beside one in the text: measured from 1 to 8, where the gain flattens. */
export const TITLE_WEIGHT = 4;

export function weightsFor(embedderId: string): FusionWeights {
  return FUSION_WEIGHTS[embedderId.startsWith('builtin-') ? 'builtin' : 'learned'];
}

export interface Found {
  readonly id: number;
  /** 0 to 1, to compare the hits of one question with one another; not how sure an answer is. */
  readonly score: number;
  /** Its rank from 1 in each list, and what it had there; missing where it was not in the list. */
  readonly words?: { readonly rank: number; readonly score: number };
  readonly vectors?: { readonly rank: number; readonly distance: number };
}

/**
 * Makes one list of two, best first, each passage once (Bruch, Gai and Ingber 2022, "An analysis of fusion functions for
 * hybrid retrieval": a weighed sum of scaled scores, which keeps how much better a hit is than the next, and beats
 * reciprocal ranks). Word scores are scaled from 0, which they cannot go below, to the best; similarities from the
 * hundredth best to the best, because how alike unrelated texts are depends on the embedder. A list may be empty (no
 * vectors while Chroma is down): its share is then nobody's. Equal scores come in the order of their ids.
 * @param words hits with bm25 scores, higher is better (FTS5's own are negative: turn them round), in any order
 * @param vectors hits with cosine distances, 0 to 2, in any order
 */
export function fuse(
  lists: {
    readonly words: readonly { readonly id: number; readonly score: number }[];
    readonly vectors: readonly { readonly id: number; readonly distance: number }[];
  },
  weights: FusionWeights,
): Found[] {
  const found = new Map<number, Found>();
  const words = lists.words.map(({ id, score }) => ({ id, value: score }));
  for (const { id, rank, value, scaled } of rankAndScale(words, () => 0)) {
    found.set(id, { id, score: weights.words * scaled, words: { rank, score: value } });
  }
  const vectors = lists.vectors.map(({ id, distance }) => ({ id, value: 1 - distance }));
  for (const { id, rank, value, scaled } of rankAndScale(vectors, similarityOfChance)) {
    const known = found.get(id);
    const score = (known?.score ?? 0) + weights.vectors * scaled;
    found.set(id, { ...known, id, score, vectors: { rank, distance: 1 - value } });
  }
  return [...found.values()].sort((a, b) => b.score - a.score || a.id - b.id);
}

/** By this rank a list of vectors has come to what is alike by chance. */
const CHANCE_RANK = 100;

interface Hit {
  readonly id: number;
  readonly value: number;
}

function similarityOfChance(sorted: readonly Hit[]): number {
  const last = sorted[Math.min(CHANCE_RANK, sorted.length) - 1]?.value ?? 0;
  // A short list ends before chance begins: then the scale goes down to unlike, lest its last hit count for nothing.
  return sorted.length < CHANCE_RANK / 2 ? Math.min(last, 0) : last;
}

function rankAndScale(
  hits: readonly Hit[],
  floorOf: (sorted: readonly Hit[]) => number,
): { readonly id: number; readonly value: number; readonly rank: number; readonly scaled: number }[] {
  const sorted = hits.filter(({ value }) => Number.isFinite(value)).sort((a, b) => b.value - a.value || a.id - b.id);
  const best = sorted[0]?.value ?? 0;
  const floor = floorOf(sorted);
  const range = best - floor;
  const seen = new Set<number>();
  const scaled = [];
  for (const { id, value } of sorted) {
    if (seen.has(id)) continue;
    seen.add(id);
    const share = range > 0 ? (value - floor) / range : 1;
    scaled.push({ id, value, rank: seen.size, scaled: Math.min(1, Math.max(0, share)) });
  }
  return scaled;
}
