import type { Database } from './database.ts';

export type FingerprintKind = 'question' | 'answer' | 'correction';

/** Those there are of these keys, made by this version. */
export type FindPrints = (kind: FingerprintKind, keys: readonly string[], version: number) => Map<string, Uint8Array>;

/**
 * By what rated texts are known again, made once for each text; under the answer's id for it and its question, under the
 * event's for a correction. Erasing a text erases its fingerprint.
 */
export interface Fingerprints {
  readonly find: FindPrints;
  put(kind: FingerprintKind, version: number, prints: readonly { key: string; print: Uint8Array }[]): void;
}

export function createFingerprints(db: Database): Fingerprints {
  return {
    find: findPrints(db),
    put(kind, version, prints) {
      db.transaction(() => {
        for (const { key, print } of prints) {
          db.run(
            'INSERT OR REPLACE INTO fingerprints (kind, key, version, print) VALUES (?, ?, ?, ?)',
            kind,
            key,
            version,
            print,
          );
        }
      });
    },
  };
}

export function findPrints(db: Pick<Database, 'rows'>): FindPrints {
  return (kind, keys, version) =>
    new Map(
      db.rows<[key: string, print: Uint8Array]>(
        'SELECT key, print FROM fingerprints WHERE kind = ? AND version = ? AND key IN (SELECT value FROM json_each(?))',
        kind,
        version,
        JSON.stringify(keys),
      ),
    );
}
