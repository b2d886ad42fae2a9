/** A text as it is searched, and where its places lie in the one that was written. */
export interface Folded {
  readonly text: string;
  /** The place in the original, in UTF-16 units, of what begins at `at` in the folded text. */
  from(at: number): number;
  /** The place behind what ends at `at` in the folded text. */
  to(at: number): number;
}

/** Runs that fold to themselves; the last sign of one may carry a mark, and is looked at with it. */
const PLAIN =
  /[\t\n\r -~\u00c0-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u03b1-\u03c9\u0400-\u0481\u048a-\u052f\u0621-\u063a\u0641-\u064a\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]+(?!\p{M})/uy;
/** A sign with its marks (bounded: sorting thousands of them takes long), or conjoining letters of Korean. */
const CLUSTER = /[\u1100-\u11ff]{2,3}|\P{M}\p{M}{0,20}|\p{M}{1,20}/uy;
const HIDDEN = /[\p{Cf}\u115f\u1160\u3164\uffa0]/gu;
const BLANK = /[\p{Zs}\u2028\u2029]/gu;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;
/** Where the digits of scripts that NFKC leaves alone begin. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040,
];
const MOST_REMEMBERED = 20_000;

/**
 * What people see alike is searched alike: NFKC, without signs that have no width (zero-width spaces, soft hyphens, marks
 * of direction), every space a plain one, digits of any script 0 to 9. Cases and accents stay. Linear in time.
 */
export function foldText(original: string): Folded {
  if (/^[\t\n\r -~]*$/.test(original)) return { text: original, from: (at) => at, to: (at) => at };
  /** Where each piece begins in the folded text, and in the original; a piece that folds to itself is `verbatim`. */
  const starts: number[] = [];
  const origins: number[] = [];
  const verbatim: boolean[] = [];
  let text = '';
  for (let at = 0; at < original.length; ) {
    PLAIN.lastIndex = at;
    const plain = PLAIN.exec(original)?.[0];
    CLUSTER.lastIndex = at;
    const piece = plain ?? CLUSTER.exec(original)?.[0] ?? (original[at] as string);
    const folded = plain ?? foldCluster(piece);
    // What vanishes belongs to what stands before it: a key goes whole, whatever is hidden in it.
    if (folded !== '') {
      const isVerbatim = folded === piece;
      if (
        !isVerbatim ||
        verbatim.at(-1) !== true ||
        text.length - (starts.at(-1) ?? 0) !== at - (origins.at(-1) ?? 0)
      ) {
        starts.push(text.length);
        origins.push(at);
        verbatim.push(isVerbatim);
      }
      text += folded;
    }
    at += piece.length;
  }
  const pieceOf = (at: number) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const place = (piece: number, at: number) => (origins[piece] as number) + at - (starts[piece] as number);
  return {
    text,
    from(at) {
      if (at >= text.length) return original.length;
      const piece = pieceOf(at);
      return verbatim[piece] ? place(piece, at) : (origins[piece] as number);
    },
    to(at) {
      if (at <= 0) return 0;
      const piece = pieceOf(at - 1);
      return verbatim[piece] ? place(piece, at) : (origins[piece + 1] ?? original.length);
    },
  };
}

const remembered = new Map<string, string>();

function foldCluster(cluster: string): string {
  const known = remembered.get(cluster);
  if (known !== undefined) return known;
  const folded = cluster
    .normalize('NFKC')
    .replace(HIDDEN, '')
    .replace(BLANK, ' ')
    .replace(OTHER_DIGIT, (digit) => {
      const code = digit.codePointAt(0) as number;
      const zero = ZEROS.find((one) => code >= one && code < one + 10);
      return zero === undefined ? digit : String(code - zero);
    });
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(cluster, folded);
  return folded;
}
