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
  const rows = new Map((await index.collections.list()).map(({ name, rows }) => [name, rows]));
  let lost = 0;
  for (const generation of await store.generations.list()) {
    if (generation.state === 'retired') continue;
    for (const [collection, expected] of await store.vectorAudit.expected(generation.id)) {
      const found = rows.get(collection) ?? 0;
      // Rows that a crash left behind are harmless (the database refuses them); missing ones are not.
      if (found >= expected) continue;
      log.warn({ collection, expected, found }, 'vectors are missing; they are made again in the background');
      await index.collections.drop(collection);
      await store.vectorAudit.lost(generation.id, collection);
      lost++;
    }
  }
  return lost;
}
