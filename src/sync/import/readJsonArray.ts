import { isUtf8 } from 'node:buffer';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Archive } from './Archive.ts';
import type { SkipLog } from './SkipLog.ts';
import { type ArraySplitter, createArraySplitter } from './splitJsonArray.ts';

export interface ArrayReading {
  readonly archive: Archive;
  readonly path: string;
  readonly skipped: SkipLog;
  readonly maxElementBytes: number;
  /** Finds the elements, where the file is more than an array. */
  readonly splitter?: ArraySplitter;
  /** Called with the bytes of each chunk that was read. */
  readonly advance: (bytes: number) => void;
}

/**
 * Reads a file that is a JSON array (or, with a splitter, holds one), some elements at a time, in memory for a chunk and one element. Never throws for
 * what is in the file: the elements before a fault are given, the fault is told with its place, what follows is not
 * used (after an unbalanced quote everything would be read inside out). Invalid UTF-8 is replaced (U+FFFD) and told.
 */
export async function* readJsonArray(reading: ArrayReading): AsyncGenerator<unknown[]> {
  const { archive, path, skipped } = reading;
  const splitter = reading.splitter ?? createArraySplitter(reading.maxElementBytes);
  const decoder = new TextDecoder();
  let isFaulty = false;
  let isReplaced = false;

  const take = (pieces: ReturnType<typeof splitter.push>): unknown[] => {
    const values: unknown[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'too-large') {
        skipped.add('an element larger than can be a message', `${path}, at byte ${piece.atByte}`);
        continue;
      }
      if (piece.kind === 'element') {
        isReplaced ||= !isUtf8(piece.bytes);
        try {
          values.push(JSON.parse(decoder.decode(piece.bytes)));
          continue;
        } catch {
          // told below
        }
      }
      const why = piece.kind === 'fault' ? piece.why : 'an element is not JSON';
      skipped.add('not valid JSON: read up to the fault', `${path}, at byte ${piece.atByte}: ${why}`);
      isFaulty = true;
      break;
    }
    return values;
  };

  try {
    for await (const chunk of archive.read(path)) {
      const values = take(splitter.push(chunk));
      reading.advance(chunk.length);
      if (values.length > 0) yield values;
      if (isFaulty) return;
    }
    const last = take(splitter.end());
    if (last.length > 0) yield last;
  } catch (error) {
    if (!(error instanceof BackscrollError) || error.code !== 'input') throw error;
    skipped.add('damaged: read as far as it goes', `${path}: ${error.message}`);
  } finally {
    if (isReplaced) skipped.add('invalid UTF-8 was replaced', path);
  }
}
