import { z } from 'zod';
import type { Operation } from './Operation.ts';

/** Throws the vectors away and makes them again from the database. */
export const reindexOperation: Operation<Record<string, never>, { vectors: number }> = {
  name: 'reindex',
  arguments: z.object({}),
  async run(app, _, { signal, progress }) {
    await app.vectors.ready(signal);
    const { generations, vectorAudit, vectorQueue } = app.store;
    let vectors = 0;
    for (const generation of await generations.list()) {
      for (const collection of (await vectorAudit.expected(generation.id)).keys()) {
        await app.vectors.index.collections.drop(collection);
        await vectorAudit.lost(generation.id, collection);
      }
      vectors += await vectorQueue.left(generation.id);
    }
    await app.indexer.idle({ signal, report: (left) => progress({ kind: 'settle', conversations: 0, vectors: left }) });
    return { vectors };
  },
};
