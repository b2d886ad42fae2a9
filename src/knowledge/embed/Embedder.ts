/**
 * Turns texts into vectors.
 * An implementation owes: unit-length vectors of `dimensions()` numbers, in the order of the texts; the same text gives
 * the same vector as long as `id` stays; batching and retrying inside; a BackscrollError `unavailable` or `refused` when
 * it cannot. It may be called side by side.
 */
export interface Embedder {
  /** Names model and version: vectors of two ids are never compared. Characters of [a-z0-9-] only. */
  readonly id: string;
  /** True when a vector costs money or a network round trip, so that it is worth keeping in the database. */
  readonly worthCaching: boolean;
  dimensions(): Promise<number>;
  embed(
    texts: readonly string[],
    options: { readonly kind: 'passage' | 'question'; readonly signal?: AbortSignal },
  ): Promise<Float32Array[]>;
}
