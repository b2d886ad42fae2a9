import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes the folders of collections that were dropped: Chroma 1.0.5 leaves them on the disk for ever. To be called
 * while no server runs on the data. Gives the number of folders removed; 0 when Chroma's catalogue cannot be read
 * (the server will say what is wrong with it).
 */
export function sweepSegments(dataPath: string): number {
  const catalogue = join(dataPath, 'chroma.sqlite3');
  if (!existsSync(catalogue)) return 0;
  const known = knownSegments(catalogue);
  if (known === undefined) return 0;
  const left = readdirSync(dataPath).filter((name) => uuid.test(name) && !known.has(name));
  for (const name of left) rmSync(join(dataPath, name), { recursive: true, force: true });
  return left.length;
}

function knownSegments(catalogue: string): Set<string> | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(catalogue, { readOnly: true });
    return new Set(
      database
        .prepare('SELECT id FROM segments')
        .all()
        .map((row) => String(row.id)),
    );
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}
