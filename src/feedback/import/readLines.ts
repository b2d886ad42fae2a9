import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { readError } from './fileToRead.ts';

/** A longer line is no vote. */
const MOST_MEGABYTES = 8;
const MOST_BYTES = MOST_MEGABYTES << 20;
const NEWLINE = 0x0a;

export interface Line {
  readonly number: number;
  /** What it says, or why it cannot be read. */
  readonly read: { readonly text: string } | { readonly why: string };
  /** How far in the file it ends. */
  readonly endByte: number;
}

/**
 * The lines of a file, one by one, however long the file or one of its lines is. Empty ones are passed over.
 * BackscrollError `usage` when the file cannot be read.
 */
export async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  let endByte = 0;

  function take(): Line | undefined {
    number++;
    const whole = Buffer.concat(parts);
    const isTooLong = bytes > MOST_BYTES;
    const isEmpty = bytes === 0;
    parts = [];
    bytes = 0;
    if (isTooLong) return { number, endByte, read: { why: `it is longer than ${MOST_MEGABYTES} MB` } };
    if (isEmpty) return undefined;
    try {
      // A byte order mark is the decoder's to drop.
      const text = decoder.decode(whole);
      return text.trim() === '' ? undefined : { number, endByte, read: { text } };
    } catch {
      return { number, endByte, read: { why: 'it is not UTF-8' } };
    }
  }

  for await (const chunk of chunksOf(path, signal)) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      const part = chunk.subarray(from, end < 0 ? chunk.length : end);
      bytes += part.length;
      endByte += part.length + (end < 0 ? 0 : 1);
      if (bytes <= MOST_BYTES) parts.push(part);
      if (end < 0) break;
      const line = take();
      if (line) yield line;
      from = end + 1;
    }
  }
  const last = take();
  if (last) yield last;
}

async function* chunksOf(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 18, signal });
  try {
    for await (const chunk of chunks) yield chunk;
  } catch (error) {
    throw signal.aborted ? error : readError(error, path);
  }
}
