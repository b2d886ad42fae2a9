import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';

/** A longer line is no vote. */
const MOST_BYTES = 8 << 20;
const NEWLINE = 0x0a;

export interface Line {
  readonly number: number;
  /** Undefined when it is too long or not UTF-8. */
  readonly text: string | undefined;
}

/** The lines of a file, one by one, however long the file or one of its lines is. Empty ones are passed over. */
export async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Buffer[] = [];
  let bytes = 0;
  let number = 0;

  function take(): Line | undefined {
    number++;
    const whole = Buffer.concat(parts);
    const isTooLong = bytes > MOST_BYTES;
    const isEmpty = bytes === 0;
    parts = [];
    bytes = 0;
    if (isTooLong) return { number, text: undefined };
    if (isEmpty) return undefined;
    try {
      // A byte order mark is the decoder's to drop.
      const text = decoder.decode(whole);
      return text.trim() === '' ? undefined : { number, text };
    } catch {
      return { number, text: undefined };
    }
  }

  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18, signal }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      const part = chunk.subarray(from, end < 0 ? chunk.length : end);
      bytes += part.length;
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
