import { afterBracket } from '../markdown/boundary.ts';

export interface MarkdownLink {
  readonly label: string;
  /** As written, without angle brackets and title. */
  readonly destination: string;
  /** The index behind it. */
  readonly end: number;
}

const DESTINATION =
  /^\(\s*(?:<([^<>\n]*)>|([^\s<>]*))(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)$/u;

/** An inline link `[label](destination "title")` that begins at `at`, where a `[` stands. CommonMark 0.31, 6.3. */
export function markdownLinkAt(text: string, at: number): MarkdownLink | undefined {
  const behindLabel = afterBracket(text, at);
  if (behindLabel === undefined || text[behindLabel] !== '(') return undefined;
  const end = afterBracket(text, behindLabel);
  const match = end === undefined ? null : DESTINATION.exec(text.slice(behindLabel, end));
  if (end === undefined || match === null) return undefined;
  return { label: text.slice(at + 1, behindLabel - 1), destination: match[1] ?? match[2] ?? '', end };
}

/** Where the inline links and images, reference definitions and HTML attributes of a text lead. */
export function destinationsOf(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
    const link = markdownLinkAt(text, at);
    if (link !== undefined) found.push(link.destination);
  }
  for (const match of text.matchAll(/^ {0,3}\[[^\]\n]+\]:\s*<?([^\s<>]+)/gmu)) found.push(match[1] as string);
  return found;
}
