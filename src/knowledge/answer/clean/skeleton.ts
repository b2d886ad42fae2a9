/**
 * A text as a browser, a chat client or a Markdown reader may come to see it: compatibility characters folded (NFKC),
 * invisible ones gone, character references and backslash escapes resolved, in lower case. What hides from the eye of a
 * pattern shows here. `at[i]` is where the i-th unit of `text` begins in the original, with one entry more for the end.
 */
export interface Skeleton {
  readonly text: string;
  readonly at: readonly number[];
  /** True if nothing was disguised: `text` is the original in lower case, unit for unit. */
  readonly isPlain: boolean;
}

const REFERENCE = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,10}));/iu;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  colon: ':',
  sol: '/',
  bsol: '\\',
  period: '.',
  commat: '@',
  excl: '!',
  num: '#',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  tab: ' ',
  newline: '\n',
  shy: '',
  zwnj: '',
  zwj: '',
  lowbar: '_',
  hyphen: '-',
  quest: '?',
  equals: '=',
  percnt: '%',
  vert: '|',
};
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;

export function skeletonOf(original: string): Skeleton {
  let text = '';
  const at: number[] = [];
  let isPlain = true;
  let i = 0;
  while (i < original.length) {
    const code = original.charCodeAt(i);
    if (code < 0x80 && code !== AMPERSAND && code !== BACKSLASH) {
      text += (original[i] as string).toLowerCase();
      at.push(i);
      i += 1;
      continue;
    }
    isPlain = false;
    const { shown, length } = readOne(original, i);
    for (const unit of shown.normalize('NFKC').toLowerCase().split('')) {
      text += unit;
      at.push(i);
    }
    i += length;
  }
  at.push(original.length);
  return { text, at, isPlain };
}

function readOne(original: string, i: number): { readonly shown: string; readonly length: number } {
  const char = String.fromCodePoint(original.codePointAt(i) as number);
  if (char === '\\' && /[!-/:-@[-`{-~]/u.test(original[i + 1] ?? '')) return { shown: '', length: 1 };
  if (char === '&') {
    const match = REFERENCE.exec(original.slice(i, i + 14));
    const decoded = match === null ? undefined : decode(match);
    if (match !== null && decoded !== undefined) return { shown: visible(decoded), length: match[0].length };
  }
  return { shown: visible(char), length: char.length };
}

function decode(match: RegExpExecArray): string | undefined {
  const [, decimal, hexadecimal, name] = match;
  if (name !== undefined) return NAMED[name.toLowerCase()];
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
}

function visible(char: string): string {
  return INVISIBLE.test(char) ? '' : char;
}
