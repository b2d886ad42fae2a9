import { canonicalUrl } from '../../web/canonicalUrl.ts';

export interface SitemapEntry {
  readonly url: string;
  /** As it is written; only compared with what was written before. */
  readonly lastmod?: string;
}

export interface Sitemap {
  /** `index`: the entries are sitemaps themselves. */
  readonly kind: 'index' | 'pages';
  readonly entries: readonly SitemapEntry[];
  /** There are more than were asked for. */
  readonly isCut: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads a sitemap or an index of them (sitemaps.org 0.9), or a plain list of addresses. It looks for `<loc>` alone and
 * builds no tree: nothing in it is expanded or fetched, and it takes as long as the text is long, whatever it holds.
 */
export function parseSitemap(text: string, maxEntries: number): Sitemap {
  const entries: SitemapEntry[] = [];
  let isCut = false;
  const add = (address: string, lastmod?: string): boolean => {
    const url = canonicalUrl(address.trim());
    if (url === undefined) return true;
    isCut = entries.length >= maxEntries;
    if (!isCut) entries.push({ url, ...(lastmod ? { lastmod: lastmod.slice(0, 64) } : {}) });
    return !isCut;
  };
  if (!/<(?:\w+:)?(?:urlset|sitemapindex)\b/i.test(text.slice(0, 8_192))) {
    for (const line of text.split(/\r?\n/)) if (/^\s*https?:/i.test(line) && !add(line)) break;
    return { kind: 'pages', entries, isCut };
  }
  const kind = /<(?:\w+:)?sitemapindex\b/i.test(text.slice(0, 8_192)) ? 'index' : 'pages';
  const item = kind === 'index' ? 'sitemap' : 'url';
  for (const block of blocks(text, item)) {
    const address = inner(block, 'loc');
    if (address !== undefined && !add(address, inner(block, 'lastmod'))) break;
  }
  return { kind, entries, isCut };
}

/** What stands between `<url>` and the next one; a missing end costs nothing. */
function* blocks(text: string, name: string): Generator<string> {
  const begins = new RegExp(`<(?:\\w{1,20}:)?${name}[\\s>]`, 'gi');
  let from: number | undefined;
  for (const { index } of text.matchAll(begins)) {
    if (from !== undefined) yield text.slice(from, Math.min(index, from + 8_192));
    from = index;
  }
  if (from !== undefined) yield text.slice(from, from + 8_192);
}

function inner(block: string, name: string): string | undefined {
  const begin = new RegExp(`<(?:\\w{1,20}:)?${name}\\s*>`, 'i').exec(block);
  if (!begin) return undefined;
  const from = begin.index + begin[0].length;
  const raw = block.slice(from, from + 4_096);
  const cdata = /^\s*<!\[CDATA\[/.exec(raw);
  if (cdata) return raw.slice(cdata[0].length).split(']]>')[0];
  return decode(raw.split('<')[0] ?? '').trim();
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
