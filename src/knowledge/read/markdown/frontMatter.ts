import { parse } from 'yaml';
import { toHttpUrl, toMs } from '../facts.ts';

const MAX_LENGTH = 16_384;

export interface FrontMatter {
  readonly title?: string;
  readonly url?: string;
  readonly updatedAtMs?: number;
  /** The text after it. */
  readonly rest: string;
}

/**
 * Takes YAML front matter off the top of a text. What is not a mapping, is too long or does not parse is left out
 * without a word: it is about the document, not the document.
 */
export function takeFrontMatter(text: string): FrontMatter {
  const opening = /^---[ \t]*\r?\n/.exec(text);
  if (!opening) return { rest: text };
  const head = text.slice(0, MAX_LENGTH);
  const closing = /\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(head.slice(opening[0].length - 1));
  if (!closing) return { rest: text };
  const start = opening[0].length - 1 + closing.index;
  const rest = text.slice(start + closing[0].length);
  const fields = fieldsOf(text.slice(opening[0].length, start));
  if (fields === undefined) return { rest: start < opening[0].length ? rest : text };
  const title = typeof fields.title === 'string' ? fields.title.trim() : '';
  const url = toHttpUrl(fields.url ?? fields.canonical);
  const updatedAtMs = toMs(fields.updated ?? fields.lastUpdated ?? fields.lastmod ?? fields.date);
  return {
    rest,
    ...(title !== '' && { title }),
    ...(url !== undefined && { url }),
    ...(updatedAtMs !== undefined && { updatedAtMs }),
  };
}

function fieldsOf(yaml: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 10, logLevel: 'silent' });
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
