import type { Dirent } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Archive, ArchiveEntry, ArchiveLimits, ArchiveOrigin } from './Archive.ts';
import { byPath, isHidden } from './archivePath.ts';
import { printable, type SkipLog } from './SkipLog.ts';

const maxDepth = 64;

/** A folder as an archive. Symbolic links are left out: inside it their target is found anyway, outside it is not meant. */
export function createFolderArchive(origin: ArchiveOrigin, limits: ArchiveLimits, skipped: SkipLog): Archive {
  return {
    origin,
    async list() {
      const entries: ArchiveEntry[] = [];
      let isWhole = true;
      const walk = async (folder: string, depth: number): Promise<void> => {
        let children: Dirent[];
        try {
          children = await readdir(join(origin.path, folder), { withFileTypes: true });
        } catch (error) {
          isWhole = false;
          skipped.add('a folder that cannot be opened', `${folder}: ${codeOf(error)}`);
          return;
        }
        for (const child of children) {
          const path = folder === '' ? child.name : `${folder}/${child.name}`;
          if (isHidden(child.name)) skipped.add('hidden, or in node_modules', path);
          else if (child.isSymbolicLink()) skipped.add('a symbolic link', path);
          else if (child.isDirectory() && depth >= maxDepth) {
            isWhole = false;
            skipped.add(`deeper than ${maxDepth} folders`, path);
          } else if (child.isDirectory()) await walk(path, depth + 1);
          else if (!child.isFile()) skipped.add('neither a file nor a folder', path);
          else {
            const stat = await lstat(join(origin.path, path)).catch(() => undefined);
            if (stat) entries.push({ path, sizeBytes: stat.size, modifiedMs: stat.mtimeMs });
            else {
              isWhole = false;
              skipped.add('a file that cannot be opened', path);
            }
          }
          if (entries.length > limits.maxEntries) {
            throw new BackscrollError(
              'input',
              `${printable(origin.label)} holds more than ${limits.maxEntries} files: import its folders one by one.`,
            );
          }
        }
      };
      await walk('', 0);
      return { entries: entries.sort(byPath), isWhole };
    },
    read: (path) => readFileInPieces(join(origin.path, path)),
    close: async () => {},
  };
}

/** One file as an archive of one entry, named as the file is. */
export function createFileArchive(origin: ArchiveOrigin): Archive {
  return {
    origin,
    async list() {
      const { size } = await lstat(origin.path);
      return { entries: [{ path: origin.name, sizeBytes: size }], isWhole: true };
    },
    read: () => readFileInPieces(origin.path),
    close: async () => {},
  };
}

async function* readFileInPieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    // The listing was some time ago: what has become a link since then is not followed, a pipe not waited for.
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!(await file.stat()).isFile()) throw new BackscrollError('input', `${printable(path)} is no longer a file.`);
    for await (const piece of file.createReadStream({ highWaterMark: 256 * 1024, autoClose: false })) yield piece;
  } catch (error) {
    if (error instanceof BackscrollError) throw error;
    throw new BackscrollError('input', `${printable(path)} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
