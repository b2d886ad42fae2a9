import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** A new file, hashed while it is written. Writing goes on in the background; what fails there is thrown by the next call that waits. */
export interface DatasetFile {
  /**
   * Takes what is to come next.
   * @param written called when the piece may be used for something else
   */
  write(piece: Uint8Array, written?: () => void): void;
  /** Resolves when the disk keeps up: to be awaited after each piece of some size, so that memory does not fill. */
  room(): Promise<void>;
  /** On disk when it resolves. */
  end(): Promise<WrittenFile>;
  /** Closes the file, whatever became of it. */
  close(): Promise<void>;
}

/** So many pieces are written at once. */
const MOST_UNDERWAY = 4;
/** The disk is told so often to begin with what it was given: then little is left to wait for at the end. */
const SYNC_EVERY_BYTES = 32 << 20;

/** @throws what the disk says, as Node gives it (`ENOSPC`, `EACCES` …) */
export async function createFile(path: string): Promise<DatasetFile> {
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  const underway = new Set<Promise<void>>();
  let failure: unknown;
  let bytes = 0;
  let syncedBytes = 0;
  let isOpen = true;

  function begin(work: Promise<unknown>): void {
    const one = work.then(
      () => void underway.delete(one),
      (error) => {
        underway.delete(one);
        failure ??= error;
      },
    );
    underway.add(one);
  }
  function throwFailure(): void {
    if (failure !== undefined) throw failure;
  }

  return {
    write(piece, written) {
      hash.update(piece);
      begin(writeAt(handle, piece, bytes).finally(written));
      bytes += piece.length;
      if (bytes - syncedBytes <= SYNC_EVERY_BYTES) return;
      syncedBytes = bytes;
      begin(handle.datasync());
    },
    async room() {
      while (underway.size > MOST_UNDERWAY) await Promise.race(underway);
      throwFailure();
    },
    async end() {
      await Promise.all(underway);
      throwFailure();
      await handle.sync();
      return { sha256: hash.digest('hex'), bytes };
    },
    async close() {
      await Promise.all(underway);
      if (isOpen) await handle.close();
      isOpen = false;
    },
  };
}

async function writeAt(handle: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await handle.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}
