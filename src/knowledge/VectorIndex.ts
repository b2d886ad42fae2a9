/** One vector as it lies in the index: no text, just what it takes to find the passage again. */
export interface VectorRow {
  /** The passage's id in the database, as a string. */
  readonly id: string;
  readonly vector: Float32Array;
  /** The audience's id in the database: the label that a filter uses. */
  readonly audience: number;
}

export interface VectorHit {
  readonly id: string;
  /** Cosine distance, 0 (same direction) to 2. */
  readonly distance: number;
}

/**
 * An approximate index of vectors in named collections. It suggests; the database decides.
 * An implementation owes: `upsert` and `remove` idempotent and done when they resolve, of any number of rows (it
 * batches); `query` best first, [] for a collection that does not exist; BackscrollError `unavailable` when the server
 * does not answer within its time limit. A collection is made at its first upsert, with cosine distance.
 */
export interface VectorIndex {
  upsert(collection: string, rows: readonly VectorRow[]): Promise<void>;
  remove(collection: string, ids: readonly string[]): Promise<void>;
  query(
    collection: string,
    vector: Float32Array,
    options: { readonly limit: number; readonly audiences?: readonly number[]; readonly signal?: AbortSignal },
  ): Promise<VectorHit[]>;
  /**
   * The collections there are, and the removal of one (no error if it is gone). A damaged one answers nothing any more
   * (its server was killed in the middle of a write): it has to be dropped and filled anew.
   */
  readonly collections: {
    list(): Promise<{ name: string; rows: number; damaged?: true }[]>;
    drop(name: string): Promise<void>;
  };
}
