import type { Root } from 'mdast';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { firstHeading } from './firstHeading.ts';
import type { Page } from './Page.ts';
import { blocksOf, compoundsIn } from './pdf/blocks.ts';
import { dropFurniture, type PageOfLines } from './pdf/dropFurniture.ts';
import { openPdf, type Pdf } from './pdf/openPdf.ts';
import { linesOf, type TextRun } from './pdf/pageLines.ts';
import { pageTree } from './pdf/pageTree.ts';
import { pdfFacts } from './pdf/pdfFacts.ts';

const TITLE_CHARACTERS = 200;

/**
 * Reads a PDF page by page, so that what is cited opens at its page. Nothing is fetched, run or drawn; pictures of text
 * are not read.
 * Title: that of its properties, else its first large heading, else its first line, else `fallbackTitle`.
 * Throws BackscrollError `input` for what is no PDF, is damaged or encrypted, has too many pages or no text.
 *
 * @param bytes are given away: PDF.js keeps or empties them
 */
export async function readPdf(
  bytes: Uint8Array,
  options: { readonly name: string; readonly fallbackTitle: string; readonly maxPages: number },
): Promise<Page> {
  const { name, fallbackTitle } = options;
  const pdf = await openPdf(bytes, options);
  try {
    const pages = dropFurniture(await linesOfPages(pdf, name));
    const compounds = compoundsIn(pages);
    const body = pageTree(
      pages.map((lines) => blocksOf(lines, compounds)),
      compounds,
    );
    const { title, ...facts } = await pdfFacts(pdf);
    return { title: title ?? firstHeading(body, 1) ?? (firstLine(body) || fallbackTitle), ...facts, body };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function linesOfPages(pdf: Pdf, name: string): Promise<PageOfLines[]> {
  const pages: PageOfLines[] = [];
  let unreadable = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const runs = items.filter((item): item is (typeof items)[number] & TextRun => 'str' in item);
      const [, bottom = 0, , top = 0] = page.view;
      pages.push({ lines: linesOf(runs), bottom, top });
      page.cleanup();
    } catch {
      // A page that is damaged costs its own text; the others keep their numbers.
      pages.push({ lines: [], bottom: 0, top: 0 });
      unreadable += 1;
    }
  }
  if (pages.some(({ lines }) => lines.length > 0)) return pages;
  throw new BackscrollError(
    'input',
    unreadable > 0
      ? `${name} is damaged: none of its pages can be read; left out.`
      : `${name} has no text: its pages are pictures, as a scanner makes them, or set in fonts that it does not bring along. Run it through text recognition (OCR) first; left out.`,
  );
}

function firstLine(body: Root): string {
  const first = body.children[0];
  const text = first && 'children' in first ? first.children[0] : undefined;
  const line = text?.type === 'text' ? (text.value.split('\n')[0] ?? '') : '';
  return line.length > TITLE_CHARACTERS ? '' : line.trim();
}
