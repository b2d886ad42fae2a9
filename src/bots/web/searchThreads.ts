import type { TurnRecord } from '../../store/answers.ts';
import { fold, foldText } from './foldText.ts';

/** Around what was found, this much is shown. */
const SNIPPET_BEFORE = 28;
const SNIPPET_CHARACTERS = 110;

export interface FoundThread {
  readonly threadId: string;
  readonly title: string;
  readonly askedMs: number;
  /** Where the words stand, when the title does not hold them all: plain text, cut into what comes before, the word, after. */
  readonly snippet?: readonly [string, string, string];
}

/**
 * The threads in which a question and its answer hold every word, each once, in the order of the turns (the newest first).
 * Case and accents do not matter, and the beginning or middle of a word is enough.
 */
export function searchThreads(turns: Iterable<TurnRecord>, query: string, limit: number): FoundThread[] {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  const found = new Map<string, FoundThread>();
  if (words.length === 0) return [];
  for (const { threadId, title, question, answer, askedMs } of turns) {
    if (found.has(threadId)) continue;
    const whole = fold(`${title}\n${question}\n${answer}`);
    if (!words.every((word) => whole.includes(word))) continue;
    const inTitle = fold(title);
    const elsewhere = words.find((word) => !inTitle.includes(word));
    const snippet = elsewhere && (snippetOf(question, elsewhere) ?? snippetOf(withoutMarkup(answer), elsewhere));
    found.set(threadId, { threadId, title, askedMs, ...(snippet ? { snippet } : {}) });
    if (found.size >= limit) break;
  }
  return [...found.values()];
}

function snippetOf(given: string, word: string): [string, string, string] | undefined {
  const { text, at } = foldText(given);
  const from = text.indexOf(word);
  if (from < 0) return undefined;
  const begin = at[from] as number;
  const end = at[from + word.length] as number;
  const start = wordStart(given, Math.max(0, begin - SNIPPET_BEFORE), begin);
  const before = (start > 0 ? '…' : '') + given.slice(start, begin);
  const after = given.slice(end, start + SNIPPET_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '');
  const line = (part: string) => part.replace(/\s+/gu, ' ');
  return [line(before), line(given.slice(begin, end)), line(after)];
}

/** The beginning of the first whole word from `from` on, if one begins before `to`. */
function wordStart(text: string, from: number, to: number): number {
  if (from === 0) return 0;
  const space = text.slice(from, to).search(/\s/u);
  if (space >= 0) return from + space + 1;
  return /[\uDC00-\uDFFF]/.test(text[from] ?? '') ? from + 1 : from;
}

/** Markdown as its words, near enough for a line in a list. */
function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/\s?\[\d+(?:,\s*\d+)*\]/g, '')
    .replace(/\]\([^)\s]*\)/g, ' ')
    .replace(/^\s*(?:>|#{1,6}\s|[-*+]\s|`{3}.*)\s*/gm, '')
    .replace(/[*_`[\]|]+/g, '');
}
