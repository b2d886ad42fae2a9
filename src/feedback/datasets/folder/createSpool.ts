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
  /** Good until something else is read. */
  read(span: Span): Buffer;
  close(): void;
}

const CHUNK_BYTES = 1 << 20;
const NEAR_BYTES = 1 << 16;

/** @param file in a folder that only we read; it is unlinked at once */
export function createSpool(file: string): Spool {
  const handle = openSync(file, 'wx+', 0o600);
  unlinkSync(file);
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
  let written = 0;
  /** What was read ahead: the bytes from `aheadAt` to `aheadTo`. */
  let ahead = Buffer.alloc(0);
  let [aheadAt, aheadTo, lastEnd] = [0, 0, 0];
  let single = Buffer.alloc(0);

  function flush(): void {
    for (let done = 0; done < used; ) done += writeSync(handle, chunk, done, used - done, written + done);
    written += used;
    used = 0;
  }

  function fill(target: Buffer, at: number, bytes: number): void {
    for (let done = 0; done < bytes; ) {
      const got = readSync(handle, target, done, bytes - done, at + done);
      if (got === 0) throw new Error('the spool ended early');
      done += got;
    }
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
      const end = at + bytes;
      if (end > written) flush();
      if (at >= aheadAt && end <= aheadTo) return ahead.subarray(at - aheadAt, end - aheadAt);
      // Mostly they are wanted as they were added. Where not, reading ahead would read everything many times.
      const isOnward = isSoonAfter(at, lastEnd) || (at >= aheadAt && at - aheadTo < NEAR_BYTES);
      lastEnd = end;
      if (!isOnward || bytes > CHUNK_BYTES) {
        if (bytes > single.length) single = Buffer.allocUnsafe(bytes * 2);
        fill(single, at, bytes);
        return single.subarray(0, bytes);
      }
      if (ahead.length === 0) ahead = Buffer.allocUnsafe(CHUNK_BYTES);
      [aheadAt, aheadTo] = [at, Math.min(written, at + CHUNK_BYTES)];
      fill(ahead, aheadAt, aheadTo - aheadAt);
      return ahead.subarray(0, bytes);
    },
    close: () => closeSync(handle),
  };
}

const isSoonAfter = (at: number, end: number) => at >= end && at - end < NEAR_BYTES;
