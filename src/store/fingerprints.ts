import type { Database } from './database.ts';

export type FingerprintKind = 'question' | 'answer' | 'correction';

/**
 * By what rated texts are known again, made once for each text; under the answer's id for it and its question, under the
 * event's for a correction. Erasing a text erases its fingerprint.
 */
export interface Fingerprints {
  /** Those there are of these keys, made by this version. */
  find(kind: FingerprintKind, keys: readonly string[], version: number): Map<string, Uint8Array>;
  put(kind: FingerprintKind, version: number, prints: readonly { key: string; print: Uint8Array }[]): void;
}

export function createFingerprints(db: Database): Fingerprints {
  return {
    find: (kind, keys, version) =>
      new Map(
        db
          .all<{ key: string; print: Uint8Array }>(
            'SELECT key, print FROM fingerprints WHERE kind = ? AND version = ? AND key IN (SELECT value FROM json_each(?))',
            kind,
            version,
            JSON.stringify(keys),
          )
          .map(({ key, print }) => [key, print]),
      ),
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
