import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { BackscrollError } from '../../base/BackscrollError.ts';
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
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  // Anybody may make a folder there first: whoever owns it could listen in our place.
  const { uid, mode } = lstatSync(folder);
  if (!lstatSync(folder).isDirectory() || uid !== userInfo().uid || (mode & 0o077) !== 0) {
    throw new BackscrollError(
      'home',
      `${folder} is not this user's alone, so the socket cannot lie there. Remove it, or set BACKSCROLL_HOME to a shorter path.`,
    );
  }
  return join(folder, `${sha256(home).slice(0, 24)}.sock`);
}
