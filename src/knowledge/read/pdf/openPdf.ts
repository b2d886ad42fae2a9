import type { getDocumentProxy } from 'unpdf';
import { BackscrollError } from '../../../base/BackscrollError.ts';

export type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

const HEADER_WITHIN_BYTES = 1_024;

/**
 * Opens a PDF in memory. Nothing in it is run, fetched or drawn.
 * Throws BackscrollError `input` for what is no PDF, is damaged beyond repair, needs a password, has no pages or too many.
 * @param name what to call it in the error
 */
export async function openPdf(bytes: Uint8Array, options: { name: string; maxPages: number }): Promise<Pdf> {
  const { name, maxPages } = options;
  if (bytes.length === 0) throw new BackscrollError('input', `${name} is empty; left out.`);
  // The header may stand behind some bytes of a mail or a printer: ISO 32000-2, annex I.
  if (!Buffer.from(bytes.subarray(0, HEADER_WITHIN_BYTES)).includes('%PDF-')) {
    throw new BackscrollError('input', `${name} is not a PDF, whatever its name says; left out.`);
  }
  const { getDocumentProxy } = await import('unpdf');
  let pdf: Pdf;
  try {
    // PDF.js takes no Buffer, and keeps or empties what it is given.
    pdf = await getDocumentProxy(Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : bytes, {
      verbosity: 0,
      enableXfa: false,
      disableFontFace: true,
      useWorkerFetch: false,
    });
  } catch (error) {
    const needsPassword = error instanceof Error && error.name === 'PasswordException';
    const why = needsPassword
      ? 'is encrypted: save it without its password and import it again'
      : 'is damaged: no PDF reader could make sense of it';
    throw new BackscrollError('input', `${name} ${why}; left out.`, { cause: error });
  }
  if (pdf.numPages > 0 && pdf.numPages <= maxPages) return pdf;
  await pdf.loadingTask.destroy();
  throw new BackscrollError(
    'input',
    pdf.numPages === 0
      ? `${name} has no pages; left out.`
      : `${name} has ${pdf.numPages} pages; at most ${maxPages} of a document are read (import.filePages); left out.`,
  );
}
