import { extname } from 'node:path';
import { BackscrollError } from '../../base/BackscrollError.ts';

/** What each type of media is called as a file; readers choose by that. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['text/html', '.html'],
  ['application/xhtml+xml', '.html'],
  ['text/markdown', '.md'],
  ['text/x-markdown', '.md'],
  ['text/plain', '.txt'],
  ['text/x-rst', '.rst'],
  ['text/csv', '.csv'],
  ['text/tab-separated-values', '.tsv'],
  ['application/pdf', '.pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.docx'],
]);

/** Types that servers give when they do not know: then the address may say it. */
const VAGUE = new Set([
  'text/plain',
  'application/octet-stream',
  'binary/octet-stream',
  'application/force-download',
  '',
]);
const NAMED = /^\.(?:md|markdown|mdown|mkd|mdx|html?|xhtml|txt|text|rst|log|csv|tsv|pdf|docx)$/;

/** What files begin with, byte by byte. */
const MAGIC: readonly [beginnings: readonly string[], what: string][] = [
  [['%PDF-'], '.pdf'],
  [['PK\u0003\u0004'], '.docx'],
  [['\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8', 'RIFF'], 'an image'],
  [['\u001f\u008b', '7z\u00bc\u00af', 'Rar!', 'BZh', '\u00fd7zXZ'], 'an archive'],
  [['\u007fELF', 'MZ\u0090', '\u00cf\u00fa\u00ed\u00fe'], 'a program'],
  [['\u00d0\u00cf\u0011\u00e0'], 'an old Office file'],
  [['ID3', 'OggS', '\u001aE\u00df\u00a3', '\u0000\u0000\u0000'], 'sound or a film'],
];

/**
 * A file's name for a page of the web, whose extension chooses the reader. The bytes are believed first, then the server,
 * then the address.
 * @throws BackscrollError `input` for what cannot be a document
 */
export function fileNameOf(page: {
  readonly url: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}): string {
  const type = (page.contentType.split(';')[0] ?? '').trim().toLowerCase();
  const { pathname } = new URL(page.url);
  const named = extname(pathname).toLowerCase();
  const stem = (pathname.split('/').findLast(Boolean) ?? 'page').slice(0, 80).replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const name = (extension: string) => `${named ? stem.slice(0, -named.length) || 'page' : stem}${extension}`;

  const head = String.fromCharCode(...page.bytes.subarray(0, 4_096));
  const magic = MAGIC.find(([beginnings]) => beginnings.some((beginning) => head.startsWith(beginning)))?.[1];
  if (magic === '.docx' && named !== '.docx' && EXTENSIONS.get(type) !== '.docx') throw notReadable('an archive', type);
  if (magic?.startsWith('.')) return name(magic);
  if (magic !== undefined) throw notReadable(magic, type);
  if (beginsAsHtml(head)) return name('.html');
  if (VAGUE.has(type) && NAMED.test(named)) return name(named);
  if (type === '' || type === 'text/plain') return name('.txt');
  const extension = EXTENSIONS.get(type);
  if (extension !== undefined) return name(extension);
  throw notReadable('not a kind of document that can be read', type);
}

/** Behind a byte order mark, an XML declaration and comments. */
function beginsAsHtml(head: string): boolean {
  let rest = head.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '').trimStart();
  for (const [open, close] of [['<?xml', '?>'], ...Array(20).fill(['<!--', '-->'])] as [string, string][]) {
    if (!rest.startsWith(open)) continue;
    const end = rest.indexOf(close);
    if (end < 0) return false;
    rest = rest.slice(end + close.length).trimStart();
  }
  return /^<(?:!doctype\s+html|html|head|body)\b/i.test(rest);
}

function notReadable(what: string, type: string): BackscrollError {
  const said = /^[\w.+-]+\/[\w.+-]+$/.test(type) ? ` (the server calls it ${type.slice(0, 80)})` : '';
  return new BackscrollError('input', `Left out: it is ${what}${said}.`);
}
