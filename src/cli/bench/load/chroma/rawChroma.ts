import { ChromaClient, type Where } from 'chromadb';

/** One page of what a collection holds. */
const PAGE = 1_000;

export interface RawRow {
  readonly id: string;
  readonly vector: number[];
  readonly audience: number;
}

/**
 * Chroma without anything of ours around it: the floor that the rest is measured against. Its client, its collections,
 * full batches.
 */
export interface RawChroma {
  /** Everything that is in a collection. */
  rows(collection: string): Promise<RawRow[]>;
  /** Writes rows into a new collection with the settings of another, in the largest batches that the server takes. */
  fill(collection: string, like: string, rows: readonly RawRow[]): Promise<void>;
  /** Asks once; `where` as Chroma has it. */
  query(collection: string, vector: readonly number[], limit: number, where?: Where): Promise<void>;
  drop(collection: string): Promise<void>;
}

/** @param url of a server that answers */
export async function openRawChroma(url: string): Promise<RawChroma> {
  const { hostname, port } = new URL(url);
  const client = new ChromaClient({ ssl: false, host: hostname, port: Number(port) });
  const { max_batch_size: batch } = (await client.getPreflightChecks()) as { max_batch_size: number };
  const ids = new Map<string, string>();
  const open = async (name: string) => {
    const known = ids.get(name) ?? (await client.getCollection({ name })).id;
    ids.set(name, known);
    return client.collection(known);
  };
  return {
    async rows(collection) {
      const handle = await open(collection);
      const all: RawRow[] = [];
      for (let offset = 0; ; offset += PAGE) {
        const page = await handle.get({ limit: PAGE, offset, include: ['embeddings', 'metadatas'] });
        page.ids.forEach((id, i) => {
          all.push({ id, vector: page.embeddings[i] as number[], audience: Number(page.metadatas[i]?.a) });
        });
        if (page.ids.length < PAGE) return all;
      }
    },
    async fill(collection, like, rows) {
      const { hnsw } = (await client.getCollection({ name: like })).configuration;
      const configuration = hnsw ? { hnsw } : {};
      const made = await client.createCollection({ name: collection, embeddingFunction: null, configuration });
      for (let from = 0; from < rows.length; from += batch) {
        const some = rows.slice(from, from + batch);
        await made.upsert({
          ids: some.map(({ id }) => id),
          embeddings: some.map(({ vector }) => vector),
          metadatas: some.map(({ audience }) => ({ a: audience })),
        });
      }
    },
    async query(collection, vector, limit, where) {
      const handle = await open(collection);
      const wanted = { queryEmbeddings: [[...vector]], nResults: limit, include: ['distances'] as const };
      await handle.query({ ...wanted, include: [...wanted.include], ...(where ? { where } : {}) });
    },
    async drop(collection) {
      ids.delete(collection);
      await client.deleteCollection({ name: collection });
    },
  };
}
