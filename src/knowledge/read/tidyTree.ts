import type { Definition, Heading, Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { embeddedHtml, embeddedTag } from './html/embedded.ts';

/** No tree is deeper than this; what lies below is kept as text. */
const MAX_DEPTH = 40;
const UNSAFE_LINK = /^[\s\p{Cc}]*(?:javascript|vbscript|data|file)\s*:/iu;
const HEADING_ID = /\s*\{#([\w.:-]{1,100})\}\s*$/;
const LANGUAGE = /^[\w+#.-]{1,30}/;
const ALERT = /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*/i;

/**
 * Turns a freshly parsed tree into the plain one that a Page holds: no positions, no HTML, no comments, references
 * resolved, links that run code taken off, depth bounded. Changes nothing in its argument.
 */
export function tidyTree(root: Root): Root {
  const definitions = new Map<string, Definition>();
  for (const node of root.children) {
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  }
  return { type: 'root', children: tidyAll(root, 0, definitions) as RootContent[] };
}

type Definitions = ReadonlyMap<string, Definition>;

function tidyAll(parent: Parents, depth: number, definitions: Definitions): Nodes[] {
  const kept: Nodes[] = [];
  for (const child of parent.children) {
    for (const node of tidy(child, parent, depth, definitions)) {
      const last = kept.at(-1);
      if (node.type === 'text' && last?.type === 'text')
        kept[kept.length - 1] = { type: 'text', value: last.value + node.value };
      else kept.push(node);
    }
  }
  return kept;
}

function tidy(node: Nodes, parent: Parents, depth: number, definitions: Definitions): Nodes[] {
  switch (node.type) {
    case 'definition':
    case 'yaml':
      return [];
    case 'html':
      return isPhrasingParent(parent) ? embeddedTag(node.value) : tidyAll(embeddedHtml(node.value), depth, definitions);
    case 'text':
      return [{ type: 'text', value: node.value }];
    case 'code':
      // `js{6}`, `:no-line-numbers`: only the language says something about the code.
      if (node.value.trim() === '') return [];
      return [{ type: 'code', lang: LANGUAGE.exec(node.lang ?? '')?.[0] ?? null, value: node.value }];
    case 'imageReference': {
      const url = definitions.get(node.identifier)?.url ?? '';
      return [{ type: 'image', url: safeUrl(url), alt: node.alt ?? null }];
    }
    case 'image':
      return [{ type: 'image', url: safeUrl(node.url), alt: node.alt ?? null }];
  }
  if (!('children' in node)) {
    const { position: _, data: __, ...bare } = node;
    return [bare as Nodes];
  }
  if (depth >= MAX_DEPTH && !INNER.has(node.type)) return flat(node, parent);
  // Rows, cells and items that broken HTML leaves without their table or list.
  if (INNER.has(node.type) && !fits(node, parent)) return flat(node, parent);
  const found = tidyAll(node, depth + 1, definitions);
  const children = isPhrasingParent(node) ? found.flatMap(inlined) : found;
  switch (node.type) {
    case 'link':
    case 'linkReference': {
      const url = node.type === 'link' ? node.url : (definitions.get(node.identifier)?.url ?? '');
      if (url === '' || UNSAFE_LINK.test(url)) return children;
      return [{ type: 'link', url, children: children as PhrasingContent[] }];
    }
    case 'heading':
      return [
        withAnchor({ type: 'heading', depth: node.depth, children: children as PhrasingContent[], ...kept(node) }),
      ];
    case 'paragraph': {
      if (parent.type === 'blockquote' && parent.children[0] === node) stripAlert(children);
      return children.some((child) => child.type !== 'text' || child.value.trim() !== '')
        ? [{ type: 'paragraph', children: children as PhrasingContent[] }]
        : [];
    }
  }
  const { position: _, data: __, ...bare } = node;
  // An emptied quote or list says nothing; an empty cell holds its column open.
  if (children.length === 0 && node.type !== 'tableCell' && node.type !== 'tableRow') return [];
  return [{ ...bare, children } as Nodes];
}

const kept = (node: Heading) => (node.data?.anchor === undefined ? {} : { data: { anchor: node.data.anchor } });

/** `## Install {#setup}` names its own anchor. */
function withAnchor(heading: Heading): Nodes {
  const last = heading.children.at(-1);
  const id = last?.type === 'text' ? HEADING_ID.exec(last.value) : null;
  if (last?.type !== 'text' || !id?.[1]) return heading;
  const children = [...heading.children.slice(0, -1), { type: 'text' as const, value: last.value.slice(0, id.index) }];
  return { ...heading, children, data: { anchor: id[1] } };
}

function stripAlert(children: Nodes[]): void {
  const first = children[0];
  if (first?.type === 'text') children[0] = { type: 'text', value: first.value.replace(ALERT, '') };
}

/** What only makes sense in its parent, and so goes when the parent goes. */
const INNER: ReadonlySet<string> = new Set(['listItem', 'tableRow', 'tableCell']);

const safeUrl = (url: string) => (UNSAFE_LINK.test(url) ? '' : url);

const PHRASING_PARENTS: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'tableCell',
]);

const isPhrasingParent = (node: Parents) => PHRASING_PARENTS.has(node.type);

const fits = ({ type }: Nodes, parent: Parents) =>
  parent.type === (type === 'listItem' ? 'list' : type === 'tableRow' ? 'table' : 'tableRow');

const PHRASING: ReadonlySet<string> = new Set([
  ...['text', 'inlineCode', 'emphasis', 'strong', 'delete', 'link', 'image', 'break', 'footnoteReference'],
]);

/** What HTML puts into a line or a cell of a table (lists, code blocks), as something that can stand there. */
function inlined(node: Nodes): Nodes[] {
  if (PHRASING.has(node.type)) return [node];
  if (node.type === 'code')
    return node.value === '' ? [] : [{ type: 'inlineCode', value: node.value.replace(/\s+/g, ' ') }];
  return flat(node, { type: 'paragraph', children: [] });
}

/** All the text below a node, found without recursion since it is too deep for that. */
function flat(node: Nodes, parent: Parents): Nodes[] {
  const words: string[] = [];
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('children' in next)
      for (let at = next.children.length - 1; at >= 0; at -= 1) waiting.push(next.children[at] as Nodes);
    else if ('value' in next && next.type !== 'html') words.push(next.value);
    else if ('alt' in next && next.alt) words.push(next.alt);
  }
  const text: Nodes = { type: 'text', value: words.join(' ') };
  if (words.length === 0) return [];
  if (isPhrasingParent(parent)) return [text];
  return [{ type: 'paragraph', children: [text] }];
}
