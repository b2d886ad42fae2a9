import { type Asked, coverage } from '../asked.ts';
import { contentSet } from '../content.ts';

export interface MatchingRows {
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
  const own = rows.map((row) => coverage(asked, contentSet(row, language)));
  const best = Math.max(0, ...own);
  const matches = own.map((value) => best > 0 && value >= best * SHARE_OF_BEST);
  const kept = matches.some(Boolean) ? rows.filter((_, i) => matches[i]) : rows;
  const shown = kept.slice(0, MAX_ROWS);
  const first = Math.max(0, rows.indexOf(shown[0] ?? ''));
  let end = first + 1;
  while (end < rows.length && end - first < shown.length && rows[end] === shown[end - first]) end += 1;
  return { shown: [...header, ...shown].join(''), verbatim: rows.slice(first, end).join('') };
}
