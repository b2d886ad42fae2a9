import type { Nodes, Root, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { docxFacts } from './docx/docxFacts.ts';
import { openDocx } from './docx/openDocx.ts';
import type { Page } from './Page.ts';
import { readHtml } from './readHtml.ts';

/** Beside what mammoth knows itself (Heading 1 to 6, lists, tables, foot- and endnotes). */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Code'] => pre:separator('\\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
];

/** What mammoth puts behind a note to lead back to its sign. */
const BACK = '↑';

/**
 * Reads a Word document (.docx): headings, lists, tables, links and notes, as HTML that the HTML reader reads. Pictures
 * are left out, nothing outside the document is opened.
 * Title: that of its properties, else its first heading, else `fallbackTitle`.
 * Throws BackscrollError `input` for what is no Word document, is damaged, encrypted or a zip bomb.
 */
export async function readDocx(
  bytes: Uint8Array,
  options: { readonly name: string; readonly fallbackTitle: string },
): Promise<Page> {
  const { name, fallbackTitle } = options;
  const docx = await openDocx(bytes, name);
  const { title, ...facts } = await docxFacts(docx);
  const html = await toHtml(docx, name);
  const page = readHtml(`<main>${html}</main>`, { fallbackTitle });
  return { ...page, title: title ?? page.title, ...facts, body: asWordMeansIt(page.body) };
}

async function toHtml(docx: unknown, name: string): Promise<string> {
  const { default: mammoth } = await import('mammoth');
  try {
    // mammoth takes parts that somebody else unpacked (`file`, lib/unzip.js); its types do not say so.
    const { value } = await mammoth.convertToHtml({ file: docx } as never, {
      styleMap: STYLES,
      externalFileAccess: false,
      convertImage: (() => Promise.resolve([])) as never,
    });
    return value;
  } catch (error) {
    if (error instanceof BackscrollError) throw error;
    throw new BackscrollError('input', `${name} is damaged: Word's XML in it cannot be read; left out.`, {
      cause: error,
    });
  }
}

/**
 * No address leads into the middle of a Word document, so that links to its own notes are only their signs; and a
 * table's first row is its header, though few say so.
 */
function asWordMeansIt(body: Root): Root {
  return { type: 'root', children: body.children.flatMap(tidied) as RootContent[] };
}

function tidied(node: Nodes): Nodes[] {
  if (!('children' in node)) return [{ ...node }];
  const children = (node.children as Nodes[]).flatMap(tidied);
  if (node.type === 'link' && node.url.startsWith('#')) return textOf(node) === BACK ? [] : children;
  const last = children.at(-1);
  if (node.type === 'paragraph' && last?.type === 'text') last.value = last.value.trimEnd();
  const copy = { ...node, children } as Nodes;
  if (copy.type === 'heading') return [{ ...copy, data: { anchor: null } }];
  if (copy.type !== 'table') return [copy];
  const [head, ...rows] = copy.children;
  const isBlank = rows.length > 0 && head?.children.every((cell) => cell.children.length === 0) === true;
  return isBlank ? [{ ...copy, children: rows }] : [copy];
}
