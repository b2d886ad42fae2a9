import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';

/** Where a piece of text lies in the spool, in bytes. */
export interface Span {
  readonly at: number;
  readonly bytes: number;
}

/**
 * Texts that are kept on disk while it is decided which of them a dataset takes: memory holds where they are. Its file
 * has no name, so that nothing of it stays whatever happens.
 */
export interface Spool {
  add(text: string): Span;
  read(span: Span): Buffer;
  close(): void;
}

const CHUNK_BYTES = 1 << 20;

/** @param file in a folder that only we read; it is unlinked at once */
export function createSpool(file: string): Spool {
  const handle = openSync(file, 'wx+', 0o600);
  unlinkSync(file);
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
  let written = 0;

  function flush(): void {
    for (let done = 0; done < used; ) done += writeSync(handle, chunk, done, used - done, written + done);
    written += used;
    used = 0;
  }

  return {
    add(text) {
      const most = text.length * 3;
      if (used + most > chunk.length) {
        flush();
        if (most > chunk.length) chunk = Buffer.allocUnsafe(most);
      }
      const bytes = chunk.write(text, used);
      const span = { at: written + used, bytes };
      used += bytes;
      return span;
    },
    read({ at, bytes }) {
      if (at + bytes > written) flush();
      const found = Buffer.allocUnsafe(bytes);
      for (let done = 0; done < bytes; ) {
        const got = readSync(handle, found, done, bytes - done, at + done);
        if (got === 0) throw new Error('the spool ended early');
        done += got;
      }
      return found;
    },
    close: () => closeSync(handle),
  };
}
