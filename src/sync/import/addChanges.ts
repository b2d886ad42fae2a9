import type { Changes } from '../../knowledge/ingest/Ingest.ts';

export const noChanges: Changes = { added: 0, changed: 0, unchanged: 0, removed: 0 };

export function addChanges(a: Changes, b: Changes): Changes {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    removed: a.removed + b.removed,
  };
}
