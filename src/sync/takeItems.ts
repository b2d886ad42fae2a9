import type { Changes, Ingest } from '../knowledge/ingest/Ingest.ts';
import type { SyncDocuments } from '../store/syncDocuments.ts';
import type { SyncStates } from '../store/syncStates.ts';
import { addChanges, noChanges } from './import/addChanges.ts';
import type { Item, Place } from './sources/Source.ts';

/** What a run, or something that happened, brought. */
export interface Taken {
  readonly messages: Changes;
  readonly pages: Changes;
  readonly failures: number;
}

/** Stores what a source hands over, in its order: what it notes and how far it is only after what they are about. */
export interface Taker {
  take(item: Item): Promise<void>;
  place(to: Place): Promise<number>;
  taken(): Taken;
}

export function createTaker(
  syncId: string,
  deps: { readonly ingest: Ingest; readonly documents: SyncDocuments; readonly states: SyncStates },
): Taker {
  const { ingest, documents, states } = deps;
  const places = new Map<string, Promise<number>>();
  let messages = noChanges;
  let pages = noChanges;
  let failures = 0;

  function place(to: Place): Promise<number> {
    if (typeof to === 'number') return Promise.resolve(to);
    // Declared once a run; the audience may have changed since the last one.
    const key = JSON.stringify(to);
    const known = places.get(key) ?? ingest.source(to);
    places.set(key, known);
    return known;
  }

  return {
    place,
    taken: () => ({ messages, pages, failures }),
    async take(item) {
      switch (item.kind) {
        case 'messages':
          messages = addChanges(messages, await ingest.messages(await place(item.to), item.messages));
          return;
        case 'page':
          pages = addChanges(pages, await ingest.page(await place(item.to), item.key, item.page, item.url));
          documents.note(syncId, item.key, item.memory);
          return;
        case 'unchanged':
          // What only takes a note back is no document.
          if (item.memory !== null) pages = addChanges(pages, { ...noChanges, unchanged: 1 });
          documents.note(syncId, item.key, item.memory);
          return;
        case 'gone':
          pages = addChanges(pages, await ingest.drop(await place(item.to), item.keys));
          documents.forget(syncId, item.keys);
          return;
        case 'failure':
          failures++;
          documents.note(syncId, item.key, item.memory, item.sentence);
          return;
        case 'cursor':
          states.runs.cursor(syncId, item.cursor);
      }
    },
  };
}
