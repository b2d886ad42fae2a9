import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../base/hash.ts';

/** Linux allows 107 bytes, macOS 103. */
const LONGEST = 100;

/**
 * Where the owner of a home listens: in the home, or, when that path is too long for a socket, in a folder of this user
 * under the system's temporary one, named after the home.
 */
export function socketPath(home: string): string {
  const inside = join(home, 'backscroll.sock');
  if (Buffer.byteLength(inside) <= LONGEST) return inside;
  const folder = join(tmpdir(), `backscroll-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${sha256(home).slice(0, 24)}.sock`);
}
