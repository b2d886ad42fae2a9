import type { Nodes, Root } from 'mdast';
import type { Page } from './Page.ts';

/**
 * The page with its relative links and images made absolute. What cannot be resolved stays as it is; fragments of the
 * page itself (`#install`) lead to `baseUrl`. The page given is not changed.
 * @param baseUrl where the document stands
 */
export function resolveLinks(page: Page, baseUrl: string): Page {
  if (!URL.canParse(baseUrl)) return page;
  const resolve = (url: string) => (url !== '' && URL.canParse(url, baseUrl) ? new URL(url, baseUrl).href : url);
  const walk = (node: Nodes): Nodes => {
    const own = node.type === 'link' || node.type === 'image' ? { ...node, url: resolve(node.url) } : node;
    return 'children' in own ? ({ ...own, children: own.children.map(walk) } as Nodes) : own;
  };
  return { ...page, body: walk(page.body) as Root };
}
