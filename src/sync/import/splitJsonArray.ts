/** A piece of a JSON array, with the byte at which it begins. */
export type ArrayPiece =
  | { readonly kind: 'element'; readonly atByte: number; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly atByte: number }
  | { readonly kind: 'fault'; readonly atByte: number; readonly why: string };

export interface ArraySplitter {
  /** The elements that this chunk completes, in order, as views of the chunks. After a fault there is nothing more. */
  push(chunk: Uint8Array): ArrayPiece[];
  /** Call once after the last chunk: an array that is not closed is a fault. */
  end(): ArrayPiece[];
}

/** A splitter for an array that stands within something else. */
export interface InnerArraySplitter extends ArraySplitter {
  /** What of the last chunk stands behind the array's end; undefined while it is not closed. */
  rest(): Uint8Array | undefined;
}

const [quote, backslash, comma, opening, closing] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d];
const [openingBrace, closingBrace] = [0x7b, 0x7d];

/**
 * Cuts a JSON array (RFC 8259) of any length into its top-level elements, byte by byte, in memory for one element. It
 * looks at brackets, strings and commas alone; whether an element is JSON is for JSON.parse to say. UTF-8 has none of
 * these bytes inside a character, so that chunks may end anywhere and invalid UTF-8 does no harm.
 *
 * @param maxElementBytes an element that is longer is passed over, and told as `too-large`
 */
export function createArraySplitter(maxElementBytes: number): ArraySplitter {
  const { push, end } = createInnerArraySplitter(maxElementBytes, undefined);
  return { push, end };
}

/**
 * The same for an array with something behind it, which `rest` gives.
 * @param beginsAt the byte of the file at which the array begins
 */
export function createInnerArraySplitter(maxElementBytes: number, beginsAt: number | undefined): InnerArraySplitter {
  const isInner = beginsAt !== undefined;
  let state: 'start' | 'first' | 'value' | 'inside' | 'after' | 'done' | 'fault' = 'start';
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let offset = beginsAt ?? 0; // of the chunk
  let rest: Uint8Array | undefined;
  let elementAt = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  function push(chunk: Uint8Array): ArrayPiece[] {
    const pieces: ArrayPiece[] = [];
    const fault = (at: number, why: string) => {
      state = 'fault';
      held = [];
      pieces.push({ kind: 'fault', atByte: offset + at, why });
    };
    let from = 0; // where, in this chunk, the element begins
    const hold = (to: number) => {
      heldBytes += to - from;
      if (heldBytes <= maxElementBytes) held.push(chunk.subarray(from, to));
      else held = [];
    };
    const complete = (to: number) => {
      hold(to);
      pieces.push(
        heldBytes > maxElementBytes
          ? { kind: 'too-large', atByte: elementAt }
          : {
              kind: 'element',
              atByte: elementAt,
              bytes: held.length === 1 ? (held[0] as Uint8Array) : Buffer.concat(held),
            },
      );
      held = [];
      heldBytes = 0;
    };

    for (let at = 0; at < chunk.length && state !== 'fault'; at++) {
      if (isInner && state === 'done') {
        rest = chunk.subarray(at);
        break;
      }
      const byte = chunk[at] as number;
      if (state === 'inside') {
        if (inString) {
          if (isEscaped) isEscaped = false;
          else if (byte === backslash) isEscaped = true;
          else if (byte === quote) {
            inString = false;
            if (depth === 0) {
              complete(at + 1);
              state = 'after';
            }
          }
        } else if (byte === quote) inString = true;
        else if (byte === openingBrace || byte === opening) depth++;
        else if (depth > 0 && (byte === closingBrace || byte === closing)) {
          if (--depth === 0) {
            complete(at + 1);
            state = 'after';
          }
        } else if (depth === 0 && (byte === comma || byte === closing)) {
          complete(at); // a number, true, false or null ends where the next thing begins
          state = byte === comma ? 'value' : 'done';
        }
      } else if (isSpace(byte)) {
      } else if (state === 'start') {
        if (byte === opening) state = 'first';
        else if (offset + at > 2 || byte !== [0xef, 0xbb, 0xbf][offset + at]) fault(at, 'no list begins here');
      } else if (state === 'after') {
        if (byte === comma) state = 'value';
        else if (byte === closing) state = 'done';
        else fault(at, 'a comma is missing');
      } else if (state === 'done') fault(at, 'there is something after the end of the list');
      else if (byte === closing && state === 'first') state = 'done';
      else if (byte === comma || byte === closing || byte === closingBrace) fault(at, 'an element is missing');
      else {
        state = 'inside';
        elementAt = offset + at;
        from = at;
        depth = byte === openingBrace || byte === opening ? 1 : 0;
        inString = byte === quote;
      }
    }
    if (state === 'inside') hold(chunk.length);
    if (isInner && state === 'done') rest ??= chunk.subarray(chunk.length);
    offset += chunk.length;
    return pieces;
  }

  return {
    push,
    rest: () => rest,
    end() {
      if (state === 'done' || state === 'fault') return [];
      state = 'fault';
      held = [];
      return [{ kind: 'fault', atByte: offset, why: offset === 0 ? 'the file is empty' : 'it ends in the middle' }];
    },
  };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
