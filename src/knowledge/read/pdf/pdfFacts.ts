import { z } from 'zod';
import { toMs } from '../facts.ts';
import type { Pdf } from './openPdf.ts';

const text = z.string().optional().catch(undefined);
const infoSchema = z.object({ Title: text, ModDate: text, CreationDate: text });

/** What a PDF says about itself in its information dictionary (ISO 32000-2, 14.3.3): often nothing, often nonsense. */
export async function pdfFacts(pdf: Pdf): Promise<{ readonly title?: string; readonly updatedAtMs?: number }> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const parsed = infoSchema.safeParse(info);
  if (!parsed.success) return {};
  const { Title, ModDate, CreationDate } = parsed.data;
  const title = cleanTitle(Title ?? '');
  const updatedAtMs = pdfDate(ModDate) ?? pdfDate(CreationDate);
  return { ...(title === '' ? {} : { title }), ...(updatedAtMs === undefined ? {} : { updatedAtMs }) };
}

/** Without what programs put there: `Microsoft Word - report.docx`, `untitled`, the name of a file. */
function cleanTitle(raw: string): string {
  const title = raw
    .toWellFormed()
    .replace(/^Microsoft (?:Word|PowerPoint|Excel) - /i, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
  if (/^(?:untitled|unbenannt|sans titre|document|title|slide)\s*\d*$/i.test(title)) return '';
  if (/\.[a-z]{2,5}$/i.test(title) && !/\s\S+\s/.test(title)) return '';
  return /\p{L}{2}/u.test(title) ? title : '';
}

/** `D:20240131235959+01'00'`, ISO 32000-2, 7.9.4. */
function pdfDate(raw: string | undefined): number | undefined {
  const match = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+-])(\d{2})'?(\d{2})?'?|Z)?/.exec(raw ?? '');
  if (!match) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, hours, minutes] = match;
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes ?? '00'}`;
  return toMs(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
}
