import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { BackscrollError } from '../../base/BackscrollError.ts';

export interface FileToRead {
  /** `pipe`: what comes out of it is read once, by the process that was given it. */
  readonly kind: 'file' | 'pipe';
  readonly bytes: number;
}

/**
 * Looks at what a path names before it is opened: opening some of it waits for ever.
 * BackscrollError `usage` for what is neither a file nor a pipe that can be read.
 */
export async function fileToRead(path: string): Promise<FileToRead> {
  try {
    const found = await stat(path);
    const kind = found.isFile() ? 'file' : found.isFIFO() ? 'pipe' : undefined;
    if (kind === undefined) {
      const what = found.isDirectory() ? 'a folder' : found.isSocket() ? 'a socket' : 'a device';
      throw new BackscrollError('usage', `${path} is ${what}, not a file of votes: name the file itself.`);
    }
    await access(path, constants.R_OK);
    return { kind, bytes: found.size };
  } catch (error) {
    throw readError(error, path);
  }
}

/** What the system says of a file, as a sentence; anything else as it is. */
export function readError(error: unknown, path: string): unknown {
  const { code } = error as { code?: unknown };
  if (error instanceof BackscrollError || typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return error;
  const refused = (what: string) => new BackscrollError('usage', what, { cause: error });
  if (code === 'ENOENT' || code === 'ENOTDIR') return refused(`There is nothing at ${path}: check the file to import.`);
  if (code === 'EACCES' || code === 'EPERM')
    return refused(`${path} may not be read by this user: change its permissions, or name another file.`);
  return refused(`${path} cannot be read (${code}): name another file.`);
}
