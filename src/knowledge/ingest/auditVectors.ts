import type { Log } from '../../base/log.ts';
import type { Store } from '../../store/store.ts';
import type { VectorIndex } from '../VectorIndex.ts';

/**
 * Holds the vector index against the database: a collection that is gone, or holds another number of rows than it
 * should, is dropped and wanted again. A lost disk, a rebuilt server, a kill in the middle of a write end the same way.
 * @returns how many collections are to be filled again
 */
export async function auditVectors(
  store: Pick<Store, 'generations' | 'vectorAudit'>,
  index: VectorIndex,
  log: Log,
): Promise<number> {
  const found = new Map((await index.collections.list()).map((collection) => [collection.name, collection]));
  let lost = 0;
  for (const generation of await store.generations.list()) {
    if (generation.state === 'retired') continue;
    for (const [collection, expected] of await store.vectorAudit.expected(generation.id)) {
      const { rows = 0, damaged = false } = found.get(collection) ?? {};
      // Rows that a crash left behind are harmless (the database refuses them); missing ones are not.
      if (rows >= expected && !damaged) continue;
      log.warn({ collection, expected, rows, damaged }, 'vectors are missing; they are made again in the background');
      await store.vectorAudit.lost(generation.id, collection);
      await index.collections.drop(collection);
      lost++;
    }
  }
  return lost;
}
