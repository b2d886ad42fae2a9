import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type FindPrints, findPrints } from './fingerprints.ts';
import { createPreferenceRows, type PreferenceRows } from './preferenceRows.ts';
import { createPreferenceWords, type PreferenceWords } from './preferenceWords.ts';
import { type FindDecisions, findDecisions } from './reviews.ts';
import { createStatements } from './statements.ts';

/** What a thread beside the main one may read of the record of feedback; it can write nothing. */
export interface Readings {
  readonly rows: PreferenceRows;
  readonly words: PreferenceWords;
  readonly prints: FindPrints;
  readonly decisions: FindDecisions;
  /** All that is read within is of one moment, whatever is written meanwhile. Synchronous, as every call of the database. */
  atOnce<T>(work: () => T): T;
  close(): void;
}

/** Pages of the database kept in memory, in KiB: what is read lies behind one another and is read once. */
const CACHE_KIB = 8192;

/** @param file the database; it must have been migrated */
export function openReadings(file: string): Readings {
  const connection = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  connection.exec(`PRAGMA query_only=ON; PRAGMA cache_size=-${CACHE_KIB};`);
  const asArrays = createStatements(connection, { asArrays: true });
  const db = {
    rows: <T extends readonly unknown[]>(sql: string, ...values: SQLInputValue[]) =>
      asArrays.prepare(sql).all(...values) as unknown as T[],
  };
  return {
    rows: createPreferenceRows(db),
    words: createPreferenceWords(db),
    prints: findPrints(db),
    decisions: findDecisions(db),
    atOnce(work) {
      connection.exec('BEGIN');
      try {
        return work();
      } finally {
        connection.exec('COMMIT');
      }
    },
    close() {
      asArrays.clear();
      connection.close();
    },
  };
}
