import { basename, extname } from 'node:path';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { decodeBytes } from './decodeBytes.ts';
import type { Page } from './Page.ts';

export type Format = 'markdown' | 'html' | 'text' | 'pdf' | 'docx' | 'csv';

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.mdown', 'markdown'],
  ['.mkd', 'markdown'],
  ['.mdx', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.xhtml', 'html'],
  ['.txt', 'text'],
  ['.text', 'text'],
  ['.rst', 'text'],
  ['.log', 'text'],
  ['.pdf', 'pdf'],
  ['.docx', 'docx'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
]);

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;
export const DEFAULT_MAX_PAGES = 2_000;

/** Which reader a file wants by its extension (any case); undefined for what is not read. */
export function readerFor(path: string): Format | undefined {
  return FORMATS.get(extname(path).toLowerCase());
}

export interface ReadInput {
  readonly bytes: Uint8Array;
  /** Its path or name: the extension chooses the reader, the name is what errors call it. */
  readonly path: string;
  readonly fallbackTitle: string;
}

/**
 * Reads a file's bytes as a page. A function of its arguments alone; for a PDF it may use up the bytes.
 * Rejects with BackscrollError `input` for a format that is not read, for more than `maxBytes` (default 20 MiB) or
 * `maxPages`, and for what is not what its name says. Any text is read, however odd; what is hostile may take long,
 * which is why `createReading` exists.
 */
export async function readBytes(
  bytes: Uint8Array,
  options: {
    readonly path: string;
    readonly fallbackTitle: string;
    readonly maxBytes?: number;
    readonly maxPages?: number;
  },
): Promise<Page> {
  const { path, fallbackTitle, maxBytes = DEFAULT_MAX_BYTES, maxPages = DEFAULT_MAX_PAGES } = options;
  const name = basename(path);
  const extension = extname(path).toLowerCase();
  const format = readerFor(path);
  if (format === undefined) {
    throw new BackscrollError(
      'input',
      `${name} is not of a kind that is read, by its name (${[...FORMATS.keys()].join(' ')}); left out.`,
    );
  }
  refuseLarge(bytes, { name, maxBytes });
  // Loaded when first wanted: every command asks which files are read, and few read any.
  if (format === 'pdf') return (await import('./readPdf.ts')).readPdf(bytes, { name, fallbackTitle, maxPages });
  if (format === 'docx') return (await import('./readDocx.ts')).readDocx(bytes, { name, fallbackTitle });
  const text = decodeBytes(bytes, { name, html: format === 'html' });
  if (format === 'csv') {
    const { readCsv } = await import('./readCsv.ts');
    return readCsv(text, { name, fallbackTitle, ...(extension === '.tsv' ? { delimiter: '\t' } : {}) });
  }
  if (format === 'html') return (await import('./readHtml.ts')).readHtml(text, { fallbackTitle });
  if (format === 'text') return (await import('./readText.ts')).readText(text, { fallbackTitle });
  return (await import('./readMarkdown.ts')).readMarkdown(text, { fallbackTitle, mdx: extension === '.mdx' });
}

/** Throws BackscrollError `input` if there are more bytes than allowed. */
export function refuseLarge(bytes: Uint8Array, options: { readonly name: string; readonly maxBytes: number }): void {
  if (bytes.byteLength <= options.maxBytes) return;
  const megabytes = (count: number) => `${(count / 1024 / 1024).toFixed(1)} MB`;
  throw new BackscrollError(
    'input',
    `${options.name} has ${megabytes(bytes.byteLength)}; at most ${megabytes(options.maxBytes)} of a document are read (import.fileMegabytes); left out.`,
  );
}
