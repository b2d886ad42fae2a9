import {
  type ArrayPiece,
  type ArraySplitter,
  createInnerArraySplitter,
  type InnerArraySplitter,
} from './splitJsonArray.ts';

export interface ObjectSplitter extends ArraySplitter {
  /** What stands beside the list, as far as it has been read: each value parsed. */
  members(): Readonly<Record<string, unknown>>;
  /** Whether the list has begun. */
  hasList(): boolean;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openingBrace, closingBrace, openingBracket, closingBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const bom = [0xef, 0xbb, 0xbf];

/**
 * Cuts the one long list of a JSON object into its elements (`{"guild": …, "messages": [ … ], "messageCount": 3}`), in
 * memory for one element; the other members are kept and parsed. It looks at brackets, strings, colons and commas
 * alone, as the splitter of arrays does. A second list of that name, or one that is no list, is a fault.
 *
 * @param listKey the member whose elements are wanted
 * @param limits.maxElementBytes an element that is longer is passed over, and told as `too-large`
 * @param limits.maxMemberBytes all other members together; more is a fault
 */
export function createObjectSplitter(
  listKey: string,
  limits: { readonly maxElementBytes: number; readonly maxMemberBytes: number },
): ObjectSplitter {
  let state: 'start' | 'key' | 'in key' | 'colon' | 'value' | 'in value' | 'list' | 'after' | 'done' | 'fault' =
    'start';
  const members: Record<string, unknown> = Object.create(null);
  let key = '';
  let held: number[] = [];
  let heldBytes = 0;
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let offset = 0;
  let list: InnerArraySplitter | undefined;

  const isInList = () => state === 'list';

  function push(chunk: Uint8Array): ArrayPiece[] {
    const pieces: ArrayPiece[] = [];
    let part = chunk;
    while (part.length > 0 && state !== 'fault') {
      if (state === 'list' && list) {
        pieces.push(...list.push(part));
        if (pieces.at(-1)?.kind === 'fault') state = 'fault';
        const rest = list.rest();
        if (rest === undefined) break;
        offset += part.length - rest.length;
        part = rest;
        state = 'after';
        continue;
      }
      part = part.subarray(scan(part, pieces));
    }
    if (state === 'list') offset += part.length;
    return pieces;
  }

  /** Reads beside the list, up to its beginning. Gives how many bytes were read. */
  function scan(part: Uint8Array, pieces: ArrayPiece[]): number {
    let at = 0;
    for (; at < part.length && state !== 'list' && state !== 'fault'; at++) {
      const why = step(part[at] as number);
      if (why !== undefined) {
        state = 'fault';
        pieces.push({ kind: 'fault', atByte: offset, why });
      }
      // The list's own splitter wants its bracket.
      if (isInList()) return at;
      offset++;
    }
    return at;
  }

  /** @returns what is wrong, if anything is */
  function step(byte: number): string | undefined {
    if (state === 'in key' || state === 'in value') return inside(byte);
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return undefined;
    switch (state) {
      case 'start':
        if (byte === openingBrace) state = 'key';
        else if (offset > 2 || byte !== bom[offset]) return 'no object begins here';
        return undefined;
      case 'key':
        if (byte === closingBrace) state = 'done';
        else if (byte !== quote) return 'a name is missing';
        else begin('in key', byte);
        return undefined;
      case 'colon':
        if (byte !== colon) return 'a colon is missing';
        state = 'value';
        return undefined;
      case 'value':
        if (key !== listKey) begin('in value', byte);
        else if (list || byte !== openingBracket) return `"${listKey}" is not one list`;
        else {
          list = createInnerArraySplitter(limits.maxElementBytes, offset);
          state = 'list';
        }
        return undefined;
      case 'after':
        if (byte === comma) state = 'key';
        else if (byte === closingBrace) state = 'done';
        else return 'a comma is missing';
        return undefined;
      default:
        return 'there is something after the end';
    }
  }

  function begin(next: 'in key' | 'in value', byte: number) {
    state = next;
    held = [byte];
    inString = byte === quote;
    depth = byte === openingBrace || byte === openingBracket ? 1 : 0;
  }

  /** Within a name or a value. */
  function inside(byte: number): string | undefined {
    if (!inString && depth === 0 && (byte === comma || byte === closingBrace)) {
      const why = complete();
      if (why === undefined) state = byte === comma ? 'key' : 'done';
      return why;
    }
    if (++heldBytes > limits.maxMemberBytes) return 'what stands beside the list is too long';
    held.push(byte);
    if (inString) {
      if (isEscaped) isEscaped = false;
      else if (byte === backslash) isEscaped = true;
      else if (byte === quote) inString = false;
      return !inString && depth === 0 ? complete() : undefined;
    }
    if (byte === quote) inString = true;
    else if (byte === openingBrace || byte === openingBracket) depth++;
    else if ((byte === closingBrace || byte === closingBracket) && --depth === 0) return complete();
    return undefined;
  }

  function complete(): string | undefined {
    let value: unknown;
    try {
      value = JSON.parse(Buffer.from(held).toString('utf8'));
    } catch {
      return 'a member is not JSON';
    }
    if (state === 'in key') {
      key = String(value);
      state = 'colon';
    } else {
      members[key] = value;
      state = 'after';
    }
    return undefined;
  }

  return {
    push,
    end() {
      if (state === 'done' || state === 'fault') return [];
      state = 'fault';
      return [{ kind: 'fault', atByte: offset, why: offset === 0 ? 'the file is empty' : 'it ends in the middle' }];
    },
    members: () => members,
    hasList: () => list !== undefined,
  };
}
