import type { Element, Root as HtmlRoot } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { defaultHandlers, type State, toMdast } from 'hast-util-to-mdast';
import type { Heading, Root } from 'mdast';
import { defuseHtml } from './defuseHtml.ts';

/** Parses HTML, defused first. */
export function parseHtml(
  html: string,
  options: { readonly components: boolean; readonly fragment: boolean },
): HtmlRoot {
  return fromHtml(defuseHtml(html, options), { fragment: options.fragment });
}

/** HTML elements as a Markdown tree; headings keep the fragment that leads to them. */
export function toTree(root: HtmlRoot): Root {
  const tree = toMdast(root, {
    document: true,
    handlers: { h1: heading, h2: heading, h3: heading, h4: heading, h5: heading, h6: heading },
  });
  return tree.type === 'root' ? tree : { type: 'root', children: [] };
}

export function htmlToTree(html: string, options: { readonly components: boolean; readonly fragment: boolean }): Root {
  return toTree(parseHtml(html, options));
}

function heading(state: State, element: Element): Heading {
  const anchor = idOf(element);
  const made = defaultHandlers.h2(state, {
    ...element,
    children: element.children.filter((child) => !isPermalink(child)),
  });
  return { ...(made as Heading), data: { anchor } };
}

function idOf(element: Element): string | null {
  const own = element.properties.id ?? element.properties.name;
  if (typeof own === 'string' && own !== '') return own.slice(0, 200);
  for (const child of element.children) {
    const inner =
      child.type === 'element' && child.children.length < 4 ? (child.properties.id ?? child.properties.name) : '';
    if (typeof inner === 'string' && inner !== '') return inner.slice(0, 200);
  }
  return null;
}

/** The `#`, `¶` or `🔗` beside a heading that links to itself. */
function isPermalink(node: Element['children'][number]): boolean {
  if (node.type !== 'element' || node.tagName !== 'a' || !String(node.properties.href ?? '').startsWith('#'))
    return false;
  const text = node.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
  return node.children.every((child) => child.type !== 'element') && /^[\s#¶§🔗​]*$/u.test(text);
}
