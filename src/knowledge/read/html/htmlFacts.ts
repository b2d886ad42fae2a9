import type { Element, Nodes, Root } from 'hast';
import { select, selectAll } from 'hast-util-select';
import { toHttpUrl, toMs } from '../facts.ts';

export interface HtmlFacts {
  readonly title?: string;
  readonly url?: string;
  readonly updatedAtMs?: number;
}

const CHANGED = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'last-modified',
  'dcterms.modified',
  'dc.date.modified',
];
const PUBLISHED = ['article:published_time', 'datepublished', 'date', 'dcterms.date', 'dc.date'];

/**
 * What an HTML page says about itself. Title: its only `<h1>` if `<title>` contains it ("VPN · Handbook · ACME" is about
 * "VPN"), else `<title>`, `og:title`, `<h1>`.
 */
export function htmlFacts(page: Root): HtmlFacts {
  const meta = new Map<string, string>();
  for (const element of selectAll('meta', page)) {
    const { name, property, itemProp, httpEquiv, content } = element.properties;
    const key = String(property ?? name ?? itemProp ?? httpEquiv ?? '').toLowerCase();
    if (typeof content === 'string' && content.trim() !== '' && !meta.has(key)) meta.set(key, content.trim());
  }
  const headings = selectAll('h1', page).map(textOf).filter(Boolean);
  const named = textOf(select('title', page)) || meta.get('og:title') || '';
  const h1 = headings[0] ?? '';
  const title = headings.length === 1 && named.includes(h1) ? h1 : named || h1;
  const canonical = selectAll('link', page).find((link) => [link.properties.rel].flat().includes('canonical'));
  const url = toHttpUrl(canonical?.properties.href) ?? toHttpUrl(meta.get('og:url'));
  const updatedAtMs = dateOf(page, meta);
  return {
    ...(title !== '' && { title: title.slice(0, 300) }),
    ...(url !== undefined && { url }),
    ...(updatedAtMs !== undefined && { updatedAtMs }),
  };
}

function dateOf(page: Root, meta: ReadonlyMap<string, string>): number | undefined {
  const times = selectAll('time', page);
  const changed = times.find((time) =>
    /modified|updated/i.test(String(time.properties.itemProp ?? time.properties.className ?? '')),
  );
  const candidates = [
    ...CHANGED.map((key) => meta.get(key)),
    changed?.properties.dateTime,
    ...PUBLISHED.map((key) => meta.get(key)),
    times[0]?.properties.dateTime,
  ];
  for (const candidate of candidates) {
    const ms = toMs(candidate);
    if (ms !== undefined) return ms;
  }
  return undefined;
}

function textOf(element: Element | undefined): string {
  const words: string[] = [];
  const walk = (node: Nodes) => {
    if (node.type === 'text') words.push(node.value);
    else if ('children' in node) for (const child of node.children) walk(child);
  };
  if (element) walk(element);
  return words
    .join('')
    .replace(/[\s​]+/g, ' ')
    .replace(/ ?[#¶]$/, '')
    .trim();
}
