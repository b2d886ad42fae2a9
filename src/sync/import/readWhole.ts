import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Archive } from './Archive.ts';
import { printable } from './SkipLog.ts';

/**
 * Reads one entry of an archive into memory.
 * @throws BackscrollError `input` if it turns out to be longer than `maxBytes`, or damaged
 */
export async function readWhole(archive: Archive, path: string, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of archive.read(path)) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new BackscrollError('input', `${printable(path)} is larger than ${maxBytes} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
