import { extname } from 'node:path';
import yauzl from 'yauzl';

/** How much of a document `guessExtension` wants to see. */
export const HEAD_BYTES = 4_096;
/** How a zip begins, and how an empty one does. */
const ZIP = ['PK\x03\x04', 'PK\x05\x06'];

/**
 * What kind of file something without a file name is, as the extension that its reader goes by: what its given name
 * says, else what its first bytes say, else Markdown, as which plain text reads as well. A PDF or zip is what it is.
 * `.zip` may still be a Word document: see `zipExtension`.
 */
export function guessExtension(head: Uint8Array, name: string | undefined, canRead: (path: string) => boolean): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD_BYTES));
  if (bytes.subarray(0, 1_024).includes('%PDF-')) return '.pdf';
  if (ZIP.includes(bytes.toString('latin1', 0, 4))) return '.zip';
  const given = extname(name ?? '').toLowerCase();
  if (given !== '' && (canRead(`x${given}`) || given === '.zip' || given === '.json')) return given;
  const text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes).trimStart();
  if (/^(?:\{|\[\s*[{\]])/.test(text)) return '.json';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return '.html';
  return '.md';
}

/** Whether a zip file is a Word document, by the parts that those have. */
export async function zipExtension(path: string): Promise<'.docx' | '.zip'> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(() => undefined);
  if (!zip) return '.zip';
  try {
    let types = false;
    let word = false;
    for await (const { fileName } of zip.eachEntry()) {
      types ||= fileName === '[Content_Types].xml';
      word ||= fileName.startsWith('word/');
      if (types && word) return '.docx';
    }
  } catch {
    // A damaged one is told when it is read.
  } finally {
    zip.close();
  }
  return '.zip';
}
