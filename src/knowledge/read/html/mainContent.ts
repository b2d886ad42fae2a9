import type { Element, Nodes, Root } from 'hast';
import { selectAll } from 'hast-util-select';

const CHROME = new Set(['nav', 'footer', 'dialog', 'menu']);
const CHROME_ROLES = new Set([
  'navigation',
  'banner',
  'contentinfo',
  'complementary',
  'search',
  'dialog',
  'menu',
  'tablist',
]);
const GROUPS = new Set(['div', 'section', 'ul', 'ol', 'table', 'td', 'p', 'dl']);

/**
 * The part of a page that people come for: `main`, `article` or `[role=main]` where the page marks one, else its body
 * without navigation, header, footer, sidebars, forms, what is hidden, and blocks that are nearly all links.
 */
export function mainContent(page: Root): Root {
  const body = selectAll('body', page)[0] ?? page;
  const inBody = prune(body, { whole: true, linkLists: false });
  const marked = selectAll('main, article, [role=main]', page)
    .map((element) => prune(element, { whole: false, linkLists: false }))
    .sort((a, b) => measure(b).text - measure(a).text)[0];
  if (marked !== undefined && measure(marked).text > measure(inBody).text * 0.3) return asRoot(marked);
  const strict = prune(body, { whole: true, linkLists: true });
  // A page that is a list of links has nothing else to offer.
  return asRoot(measure(strict).text > measure(inBody).text * 0.2 ? strict : inBody);
}

interface Options {
  /** The whole page is looked at: its header, sidebars and forms are not the content. */
  readonly whole: boolean;
  /** Blocks that are nearly all links go. */
  readonly linkLists: boolean;
}

function prune<T extends Root | Element>(node: T, options: Options): T {
  const children: Nodes[] = [];
  for (const child of node.children) {
    if (child.type === 'text') children.push(child);
    if (child.type !== 'element' || isChrome(child, options)) continue;
    children.push(prune(child, options));
  }
  return { ...node, children } as T;
}

function isChrome(element: Element, { whole, linkLists }: Options): boolean {
  const { tagName, properties } = element;
  if (CHROME.has(tagName) || CHROME_ROLES.has(String(properties.role ?? ''))) return true;
  if (properties.hidden !== undefined && properties.hidden !== null && properties.hidden !== false) return true;
  if (String(properties.ariaHidden ?? '') === 'true') return true;
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(String(properties.style ?? ''))) return true;
  if (whole && (tagName === 'header' || tagName === 'aside')) return true;
  // Some servers wrap the whole page in a form; a real form says little.
  if (tagName === 'form') return measure(element).text < 500;
  if (!GROUPS.has(tagName)) return false;
  const { text, linked, links, inPage, headings } = measure(element);
  if (links >= 3 && inPage === links && linked > text * 0.9 && headings === 0) return true;
  return linkLists && links >= 4 && linked > text * 0.7 && headings === 0;
}

interface Measure {
  readonly text: number;
  readonly linked: number;
  readonly links: number;
  /** Links to a place in the same page: a table of contents has no others. */
  readonly inPage: number;
  readonly headings: number;
}

const measures = new WeakMap<Nodes, Measure>();

/** Counts characters and links below a node; each node is counted once. */
function measure(node: Nodes): Measure {
  const known = measures.get(node);
  if (known) return known;
  let [text, linked, links, inPage, headings] = [0, 0, 0, 0, 0];
  if (node.type === 'text') text = node.value.trim().length;
  else if ('children' in node) {
    for (const child of node.children) {
      const inner = measure(child);
      text += inner.text;
      linked += inner.linked;
      links += inner.links;
      inPage += inner.inPage;
      headings += inner.headings;
    }
  }
  if (node.type === 'element' && node.tagName === 'a') {
    linked = text;
    links = 1;
    inPage = String(node.properties.href ?? '').startsWith('#') ? 1 : 0;
  }
  if (node.type === 'element' && /^h[1-6]$/.test(node.tagName)) headings += 1;
  const counted = { text, linked, links, inPage, headings };
  measures.set(node, counted);
  return counted;
}

const asRoot = (node: Root | Element): Root => ({ type: 'root', children: node.children });
