import type { Database } from './database.ts';

/** A hidden folder beside the place of a dataset, with words in it. */
export interface DatasetPlace {
  readonly path: string;
  /** Where its dataset is to stand, or stood. Both are real paths: no link leads elsewhere. */
  readonly out: string;
  /** `partial` is being written; `before` is a whole dataset that was moved aside for another. */
  readonly kind: 'partial' | 'before';
}

/** Which of them may be there, so that no crash leaves words that nobody knows of. */
export interface DatasetPlaces {
  /** On disk when it resolves: to be awaited before the folder is there. */
  note(place: DatasetPlace): Promise<void>;
  list(): DatasetPlace[];
  /** It is not there any more. */
  clear(path: string): void;
}

export function createDatasetPlaces(db: Database): DatasetPlaces {
  return {
    note: ({ path, out, kind }) =>
      db.durable(() => void db.run('INSERT OR REPLACE INTO dataset_places VALUES (?, ?, ?)', path, out, kind)),
    list: () =>
      db.all<DatasetPlace>('SELECT path, out, kind FROM dataset_places ORDER BY rowid').map((place) => ({ ...place })),
    clear: (path) => void db.run('DELETE FROM dataset_places WHERE path = ?', path),
  };
}
