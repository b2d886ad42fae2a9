import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** A new file, hashed while it is written. */
export interface DatasetFile {
  write(piece: Buffer): void;
  /** On disk when it returns. */
  end(): WrittenFile;
  /** Gives the file up. */
  close(): void;
}

const CHUNK_BYTES = 1 << 20;

export function createFile(path: string): DatasetFile {
  const handle = openSync(path, 'wx', 0o600);
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
  let bytes = 0;
  let isOpen = true;

  function put(piece: Buffer): void {
    hash.update(piece);
    bytes += piece.length;
    for (let done = 0; done < piece.length; ) done += writeSync(handle, piece, done);
  }
  function flush(): void {
    if (used > 0) put(chunk.subarray(0, used));
    used = 0;
  }
  function close(): void {
    if (isOpen) closeSync(handle);
    isOpen = false;
  }

  return {
    write(piece) {
      if (used + piece.length > chunk.length) flush();
      if (piece.length > chunk.length) return put(piece);
      piece.copy(chunk, used);
      used += piece.length;
    },
    end() {
      flush();
      fsyncSync(handle);
      close();
      return { sha256: hash.digest('hex'), bytes };
    },
    close,
  };
}
