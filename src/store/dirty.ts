import type { Database } from './database.ts';
import type { Revisions } from './revisions.ts';

/** Says that a conversation is to be built again; under a new mark, so that what is being built of it now does not count. */
export function markDirty(db: Database, revisions: Revisions, sourceId: number, rootId: string): void {
  db.run(
    'INSERT INTO dirty_conversations VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET mark = excluded.mark',
    sourceId,
    rootId,
    revisions.next(),
  );
}
