import { toMs } from '../facts.ts';
import { stripTags } from '../html/stripTags.ts';
import type { Docx } from './openDocx.ts';

const CORE = 'docProps/core.xml';

/** What a document says about itself in its core properties (ISO/IEC 29500-2, 11). */
export async function docxFacts(docx: Docx): Promise<{ readonly title?: string; readonly updatedAtMs?: number }> {
  if (!docx.exists(CORE)) return {};
  const core = String(await docx.read(CORE, 'utf-8')).slice(0, 100_000);
  const elementOf = (tag: string) =>
    stripTags(new RegExp(`<${tag}(?:\\s[^>]{0,200})?>([^<]{0,2000})</${tag}>`).exec(core)?.[1] ?? '').trim();
  const title = elementOf('dc:title').replace(/\s+/g, ' ').slice(0, 300);
  const updatedAtMs = toMs(elementOf('dcterms:modified')) ?? toMs(elementOf('dcterms:created'));
  return { ...(title === '' ? {} : { title }), ...(updatedAtMs === undefined ? {} : { updatedAtMs }) };
}
