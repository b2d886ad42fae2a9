import { type Asked, coverage } from './asked.ts';
import { contentSet } from './content.ts';

export interface MatchingRows {
  /** The best row's share of the question, its header read with it. */
  readonly share: number;
  /** The table with only the rows that the question is about; all of it if none stands out. */
  readonly shown: string;
  /** Rows of it that stand together in the table, verbatim. */
  readonly verbatim: string;
}

const MAX_ROWS = 8;
/** Rows that are nearly as good as the best one are about the question too. */
const SHARE_OF_BEST = 0.7;
const RULE = /^[\s|:-]+$/u;

/** The rows of a Markdown table that a question is about, with the table's header above them. */
export function matchingRows(table: string, asked: readonly Asked[], language: string): MatchingRows {
  const lines = table.split(/(?<=\n)/u);
  const ruleAt = lines.findIndex((line) => RULE.test(line));
  const header = ruleAt > 0 ? lines.slice(0, ruleAt + 1) : [];
  const rows = lines.slice(header.length);
  const headerWords = contentSet(header.join(''), language);
  const words = rows.map((row) => contentSet(row, language));
  const own = words.map((found) => coverage(asked, found));
  const best = Math.max(0, ...own);
  const share = Math.max(0, ...words.map((found) => coverage(asked, new Set([...headerWords, ...found]))));
  const matches = own.map((value) => best > 0 && value >= best * SHARE_OF_BEST);
  const kept = matches.some(Boolean) ? rows.filter((_, i) => matches[i]) : rows;
  const shown = kept.slice(0, MAX_ROWS);
  const first = Math.max(0, rows.indexOf(shown[0] ?? ''));
  let end = first + 1;
  while (end < rows.length && end - first < shown.length && rows[end] === shown[end - first]) end += 1;
  return { share, shown: [...header, ...shown].join(''), verbatim: rows.slice(first, end).join('') };
}
