import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { type Archive, type ArchiveLimits, archiveLimits } from './Archive.ts';
import { createFileArchive, createFolderArchive } from './folderArchive.ts';
import { printable, type SkipLog } from './SkipLog.ts';
import { openZipArchive } from './zipArchive.ts';

/**
 * Opens a folder, a zip (by its name) or any other single file.
 * @param givenLabel what sentences call it instead of its path
 * @throws BackscrollError `usage` if there is nothing at that path, `input` if it cannot be used
 */
export async function openArchive(
  path: string,
  skipped: SkipLog,
  limits: ArchiveLimits = archiveLimits,
  givenLabel?: string,
): Promise<Archive> {
  if (path.trim() === '') {
    throw new BackscrollError('usage', 'The path to import is empty: name a folder, a zip or a file.');
  }
  let real: string;
  let kind: 'folder' | 'file' | 'other';
  try {
    real = await realpath(path);
    const found = await stat(real);
    kind = found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE';
    throw new BackscrollError(
      isMissing ? 'usage' : 'input',
      isMissing
        ? `There is nothing at ${printable(path)}: check the path to import.`
        : `${printable(path)} cannot be opened (${code}).`,
      { cause: error },
    );
  }
  if (kind === 'other') {
    throw new BackscrollError('usage', `${printable(path)} is neither a folder nor a file: name one to import.`);
  }
  // A link keeps its own name: what it points to may change with every release.
  const name = basename(resolve(path));
  const label = givenLabel ?? real;
  if (kind === 'folder') return createFolderArchive({ kind, path: real, label, name }, limits, skipped);
  if (!/\.zip$/i.test(name)) return createFileArchive({ kind, path: real, label, name });
  return openZipArchive({ kind: 'zip', path: real, label, name: name.replace(/\.zip$/i, '') || name }, limits, skipped);
}
