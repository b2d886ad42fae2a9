import { frameOf } from '../formats/frameOf.ts';
import type { Format } from '../Policy.ts';
import { type Counts, createWording, type WordingDeps } from './createWording.ts';
import type { Line } from './Line.ts';

/** Lines of a file, as they stand in it. */
export interface Written {
  readonly bytes: Uint8Array;
  /** How much was replaced in them, by kind. */
  readonly replaced: Counts;
}

/** A character of a text takes at most so many bytes in UTF-8, for each of its UTF-16 units. */
const MOST_BYTES = 3;

/**
 * Puts rows into words, some hundred at a time.
 * @returns a function that writes lines into the memory it is given, or into its own when they do not fit; undefined when
 * words are not there any more
 */
export function createLines(
  deps: WordingDeps,
  format: Format,
): (lines: readonly Line[], into: Buffer) => Written | undefined {
  const wording = createWording(deps);

  return (lines, into) => {
    const text = createText(into);
    wording.read(lines);
    for (const { of, completion, rejected, label } of lines) {
      const prompt = wording.prompt(of);
      const said = wording.completion(completion);
      const other = rejected && wording.completion(rejected);
      if (prompt === undefined || said === undefined || (rejected && other === undefined)) return undefined;
      const frame = frameOf(format, label);
      text.add(frame.opening);
      text.add(prompt.opened);
      text.add(prompt.user);
      text.add(frame.answer);
      text.add(JSON.stringify(said));
      if (other !== undefined) {
        text.add(frame.other);
        text.add(JSON.stringify(other));
      }
      text.add(frame.end);
    }
    return { bytes: text.bytes(), replaced: wording.replaced() };
  };
}

/** A text in UTF-8 that grows out of the memory it begins in when that is too small. */
function createText(into: Buffer) {
  let buffer = into;
  let used = 0;
  return {
    add(piece: Buffer | string): void {
      const most = typeof piece === 'string' ? piece.length * MOST_BYTES : piece.length;
      if (used + most > buffer.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, used + most));
        buffer.copy(larger, 0, 0, used);
        buffer = larger;
      }
      used += typeof piece === 'string' ? buffer.write(piece, used) : piece.copy(buffer, used);
    },
    bytes: () => buffer.subarray(0, used),
  };
}
