import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** A new file, hashed while it is written. Writing goes on in the background; what fails there is thrown by the next call that waits. */
export interface DatasetFile {
  /** Takes what is to come next, text as UTF-8. A copy is kept, so that the piece may be used for something else. */
  write(piece: Uint8Array | string): void;
  /** Resolves when the disk keeps up: to be awaited every few hundred pieces, so that memory does not fill. */
  room(): Promise<void>;
  /** On disk when it resolves. */
  end(): Promise<WrittenFile>;
  /** Closes the file, whatever became of it. */
  close(): Promise<void>;
}

const CHUNK_BYTES = 1 << 20;
/** So many are written at once. */
const CHUNKS_UNDERWAY = 4;
/** The disk is told so often to begin with what it was given: then little is left to wait for at the end. */
const SYNC_EVERY_BYTES = 32 << 20;
/** A character of a text takes at most so many bytes in UTF-8, for each of its UTF-16 units. */
const MOST_BYTES = 3;

/** @throws what the disk says, as Node gives it (`ENOSPC`, `EACCES` …) */
export async function createFile(path: string): Promise<DatasetFile> {
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  const spare: Buffer[] = [];
  const underway = new Set<Promise<void>>();
  let failure: unknown;
  let chunk: Buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
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
  function flush(): void {
    if (used === 0) return;
    const full = chunk;
    const piece = full.subarray(0, used);
    hash.update(piece);
    begin(writeAt(handle, piece, bytes).then(() => void (full.length === CHUNK_BYTES && spare.push(full))));
    bytes += used;
    if (bytes - syncedBytes > SYNC_EVERY_BYTES) {
      syncedBytes = bytes;
      begin(handle.datasync());
    }
    chunk = spare.pop() ?? Buffer.allocUnsafe(CHUNK_BYTES);
    used = 0;
  }
  /** Room in the chunk for so many bytes. */
  function makeRoom(most: number): void {
    if (used + most <= chunk.length) return;
    flush();
    if (most > chunk.length) chunk = Buffer.allocUnsafe(most);
  }
  function throwFailure(): void {
    if (failure !== undefined) throw failure;
  }

  return {
    write(piece) {
      makeRoom(typeof piece === 'string' ? piece.length * MOST_BYTES : piece.length);
      if (typeof piece === 'string') used += chunk.write(piece, used);
      else {
        chunk.set(piece, used);
        used += piece.length;
      }
    },
    async room() {
      while (underway.size > CHUNKS_UNDERWAY) await Promise.race(underway);
      throwFailure();
    },
    async end() {
      flush();
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

async function writeAt(handle: FileHandle, piece: Buffer, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await handle.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}
