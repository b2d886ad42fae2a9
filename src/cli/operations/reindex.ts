import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Operation } from './Operation.ts';

/** Throws the vectors away and makes them again from the database. */
export const reindexOperation: Operation<Record<string, never>, { vectors: number }> = {
  name: 'reindex',
  arguments: z.object({}),
  async run(app, _, { signal, progress }) {
    await app.vectors.ready(signal);
    const { generations, vectorAudit, vectorQueue } = app.store;
    let vectors = 0;
    app.indexer.wake(async () => {
      for (const generation of await generations.list()) {
        for (const collection of await vectorAudit.collections(generation.id)) {
          await app.vectors.index.collections.drop(collection);
          await vectorAudit.lost(generation.id, collection);
        }
        vectors += await vectorQueue.left(generation.id);
      }
    });
    await app.indexer.idle({ signal, report: (left) => progress({ kind: 'settle', conversations: 0, vectors: left }) });
    const left = await app.indexer.left();
    if (left > 0) {
      throw new BackscrollError(
        'unavailable',
        `Chroma went away: ${left} vectors are still to be made, which goes on by itself.`,
      );
    }
    return { vectors };
  },
};
