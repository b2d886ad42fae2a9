const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')' };
const TERMINATOR = /[.!?…。！？｡؟۔।]/u;
/** Ends a sentence also when no space follows, as Chinese and Japanese write. */
const TIGHT_TERMINATOR = /[。！？｡]/u;
const CLOSER = /[*_~"'”’»)）」』]/u;
const CITATION = /^[ \t]*[[【［]\s*\^?\d+(?:\s*[,;–-]\s*\^?\d+)*\s*[\]】］]/u;
const CITATION_BEGUN = /^[ \t]*(?:[[【［][\s\d,;^–-]*)?$/u;
/** What a bracket may span at most: beyond it, it is taken for a stray one. */
const MAX_BRACKET_CHARS = 1_000;

const ABBREVIATIONS = new Set(
  (
    'e.g i.e etc vs cf approx incl resp dr mr mrs ms prof st no fig eq sec ed vol pp inc ltd co corp jr sr jan feb mar apr jun ' +
    'jul aug sep sept oct nov dec z.b d.h u.a o.ä bzw ca ggf evtl inkl nr abs vgl usw bspw hr fr sog p.ex c.-à-d env av ' +
    'mme p.ej ej sra ud uds pág núm aprox es pag sig dott bijv o.a d.w.z enz т.е т.д т.п др г ул см'
  ).split(' '),
);

/** Where the sentence at the beginning of a text ends; `wait` when only what comes next can tell. */
export type SentenceEnd = number | 'wait' | 'none';

/** How far a growing line has been read. What lies before `at` is decided for good. */
export interface Progress {
  at: number;
  bold: boolean;
}

/**
 * The index just behind the first sentence of a line, its trailing spaces and citations (`[1]`) included; `none` when
 * the whole line is one sentence. Code spans, links, brackets and bold text are never cut.
 * @param line without a line break.
 * @param complete false while more of the line may come. The result is then the same as it will be with more text, or
 *   `wait`: so that cutting a growing text gives the same sentences however it arrives.
 * @param progress is moved on by `wait`, for the next call with the same line, grown.
 */
export function sentenceEnd(line: string, complete: boolean, progress: Progress = { at: 0, bold: false }): SentenceEnd {
  while (progress.at < line.length) {
    const { at, bold } = progress;
    const char = line[at] as string;
    const isLast = at + 1 >= line.length && !complete;
    if (char === '\\') {
      progress.at += 2;
    } else if (char === '`') {
      const behind = afterCodeSpan(line, at);
      // A run of backticks at the very end may still grow.
      if (!complete && (behind === undefined || behind >= line.length)) return 'wait';
      progress.at = behind ?? at + runLength(line, at);
    } else if (char in CLOSING) {
      const behind = afterBracket(line, at, complete);
      if (behind === undefined && !complete && line.length - at < MAX_BRACKET_CHARS) return 'wait';
      progress.at = behind ?? at + 1;
    } else if (char === '*' && isLast) {
      return 'wait';
    } else if (char === '*' && line[at + 1] === '*') {
      progress.bold = !bold;
      progress.at += 2;
    } else if (TERMINATOR.test(char)) {
      const found = endAfterTerminator(line, at, bold, complete);
      if (found.end !== undefined) return found.end;
      progress.bold = found.bold;
      progress.at = found.next;
    } else {
      progress.at += 1;
    }
  }
  return complete ? 'none' : 'wait';
}

interface Found {
  readonly end?: SentenceEnd;
  readonly next: number;
  readonly bold: boolean;
}

function endAfterTerminator(line: string, at: number, boldBefore: boolean, complete: boolean): Found {
  let next = at;
  while (next < line.length && TERMINATOR.test(line[next] as string)) next += 1;
  const tight = TIGHT_TERMINATOR.test(line.slice(at, next));
  const word = wordBefore(line, at);
  let bold = boldBefore;
  while (next < line.length && CLOSER.test(line[next] as string)) {
    const isBoldMark = line.startsWith('**', next);
    if (isBoldMark) bold = !bold;
    next += isBoldMark ? 2 : 1;
  }
  for (;;) {
    const rest = line.slice(next);
    const citation = CITATION.exec(rest)?.[0];
    if (citation === undefined) {
      if (!complete && CITATION_BEGUN.test(rest)) return { end: 'wait', next, bold };
      break;
    }
    next += citation.length;
    if (/[.。]/u.test(line[next] ?? '')) next += 1;
  }
  let end = next;
  while (line[end] === ' ' || line[end] === '\t') end += 1;
  if (end >= line.length) return complete ? { end: 'none', next, bold } : { end: 'wait', next, bold };
  const spaced = end > next;
  const wanted = tight || (spaced && !/\p{Ll}/u.test(line[end] as string) && !isAbbreviation(word));
  return wanted && !bold ? { end, next, bold } : { next, bold };
}

/** A single letter (an initial), a number (`3.` may count or order) or a known short form does not end a sentence. */
function isAbbreviation(word: string): boolean {
  return /^(?:\p{L}|\d{1,2})$/u.test(word) || ABBREVIATIONS.has(word.toLowerCase());
}

function wordBefore(line: string, at: number): string {
  return /[\p{L}\p{N}.-]*$/u.exec(line.slice(Math.max(0, at - 24), at))?.[0] ?? '';
}

function runLength(line: string, at: number): number {
  let length = 0;
  while (line[at + length] === '`') length += 1;
  return length;
}

/** The index behind a code span that begins at `at`, if it is closed. */
export function afterCodeSpan(line: string, at: number): number | undefined {
  const length = runLength(line, at);
  let next = at + length;
  while (next < line.length) {
    if (line[next] !== '`') {
      next += 1;
      continue;
    }
    const closing = runLength(line, next);
    next += closing;
    if (closing === length) return next;
  }
  return undefined;
}

/**
 * The index behind a bracket that opens at `at`, nested ones and code spans skipped, if it is closed.
 * @param complete false while more of the line may come: a backtick that is not closed yet may then hide what follows
 */
export function afterBracket(line: string, at: number, complete = true): number | undefined {
  const within = line.slice(at, at + MAX_BRACKET_CHARS);
  const open = line[at] as string;
  const close = CLOSING[open];
  let depth = 0;
  for (let next = 0; next < within.length; next += 1) {
    const char = within[next];
    if (char === '\\') next += 1;
    else if (char === '`') {
      const behind = afterCodeSpan(within, next);
      const mayGrow = !complete && within.length < MAX_BRACKET_CHARS;
      if (mayGrow && (behind === undefined || behind >= within.length)) return undefined;
      next = (behind ?? next + runLength(within, next)) - 1;
    } else if (char === open) depth += 1;
    else if (char === close && --depth === 0) return at + next + 1;
  }
  return undefined;
}
