import type { Database } from './database.ts';

/** Vectors that cost money, by the hash (hexadecimal) of what they stand for. */
export interface EmbeddingCacheTable {
  get(embedder: string, hashes: readonly string[]): Promise<Map<string, Float32Array>>;
  put(embedder: string, entries: ReadonlyMap<string, Float32Array>): Promise<void>;
}

export function createEmbeddingCache(db: Database): EmbeddingCacheTable {
  const key = (hash: string) => Buffer.from(hash, 'hex');
  return {
    async get(embedder, hashes) {
      const found = new Map<string, Float32Array>();
      for (const hash of hashes) {
        const row = db.get<{ vector: Uint8Array }>(
          'SELECT vector FROM embeddings WHERE embedder = ? AND hash = ?',
          embedder,
          key(hash),
        );
        if (row) found.set(hash, new Float32Array(row.vector.slice().buffer));
      }
      return found;
    },
    async put(embedder, entries) {
      db.transaction(() => {
        for (const [hash, vector] of entries) {
          db.run(
            'INSERT INTO embeddings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET vector = excluded.vector',
            embedder,
            key(hash),
            new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
          );
        }
      });
    },
  };
}
