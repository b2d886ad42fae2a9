import { afterCodeSpan } from './markdown/boundary.ts';

export interface NumberedText {
  readonly text: string;
  /** The evidence that it cites, each number once, in order. */
  readonly cited: readonly number[];
}

const BRACKETED =
  /[ \t]*[[【［][ \t]*\^?(?:(?:source|passage|quelle|fuente|出典|来源)[ \t]*)?#?(\d{1,6}(?:[ \t]*(?:[,;、，&–-]|and|und)[ \t]*\^?#?\d{1,6})*)(?:†[^\]】［\n]{0,40})?[ \t]*[\]】］](?!\()/giu;

/**
 * Brings citations to one form: `[1, 2]`, `[1-3]`, `【1】`, `[^1]` and `[source 1]` become `[1]`, `[2]` …; numbers of
 * passages that do not exist are taken out. Code is left alone.
 */
export function normaliseCitations(text: string, known: ReadonlySet<number>): NumberedText {
  const cited: number[] = [];
  let out = '';
  let at = 0;
  while (at < text.length) {
    const code = nextCodeSpan(text, at);
    out += text.slice(at, code.from).replace(BRACKETED, (whole, numbers: string) => {
      const valid = [...new Set(expand(numbers))].filter((n) => known.has(n));
      cited.push(...valid);
      const space = /^[ \t]*/u.exec(whole)?.[0] ?? '';
      return valid.length === 0 ? '' : space + valid.map((n) => `[${n}]`).join('');
    });
    out += text.slice(code.from, code.to);
    at = code.to;
  }
  return { text: out, cited: [...new Set(cited)] };
}

function nextCodeSpan(text: string, start: number): { readonly from: number; readonly to: number } {
  for (let from = text.indexOf('`', start); from >= 0; from = text.indexOf('`', from + 1)) {
    const to = afterCodeSpan(text, from);
    if (to !== undefined) return { from, to };
    while (text[from + 1] === '`') from += 1;
  }
  return { from: text.length, to: text.length };
}

/** "1, 3-5" as numbers; a span of more than ten is taken by its ends. */
function expand(numbers: string): number[] {
  return numbers.split(/[,;、，&]|and|und/iu).flatMap((part) => {
    const [from = 0, to = from] = (part.match(/\d+/gu) ?? []).map(Number);
    return to > from && to - from <= 10 ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [from, to];
  });
}
