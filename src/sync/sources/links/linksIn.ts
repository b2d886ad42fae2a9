import type { Nodes } from 'mdast';
import type { Page } from '../../../knowledge/read/Page.ts';
import { canonicalUrl } from '../../web/canonicalUrl.ts';

const ADDRESS = /https?:\/\/[^\s<>"`|]{1,2048}/gi;

/**
 * The canonical addresses that a message in our Markdown links to, in their order, each once. What stands in code is no
 * link. Linear in the text.
 */
export function linksIn(markdown: string): string[] {
  const found = new Set<string>();
  for (const [written] of withoutCode(markdown).matchAll(ADDRESS)) {
    const url = canonicalUrl(trimmed(written).replace(/\\([!-/:-@[-`{-~])/g, '$1'));
    if (url !== undefined) found.add(url);
  }
  return [...found];
}

/** The same for a document; its links are absolute already. Those behind `limit` are left. */
export function linksOf(page: Page, limit: number): string[] {
  const found = new Set<string>();
  const walk = (node: Nodes): void => {
    if (found.size >= limit) return;
    const url = node.type === 'link' || node.type === 'definition' ? canonicalUrl(node.url) : undefined;
    if (url !== undefined) found.add(url);
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(page.body);
  return [...found];
}

function withoutCode(markdown: string): string {
  if (!markdown.includes('`')) return markdown;
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && mark?.startsWith(fence)) fence = undefined;
    else if (fence === undefined) kept.push(line.replace(/`[^`]*`/g, ' '));
  }
  return kept.join('\n');
}

/** Up to a closing bracket that was opened before it (Markdown's own), and without the sentence's punctuation. */
function trimmed(written: string): string {
  let open = 0;
  let end = written.length;
  for (let at = 0; at < written.length; at++) {
    const letter = written[at];
    if (letter === '(') open++;
    if (letter === ')' && --open < 0) {
      end = at;
      break;
    }
  }
  while (end > 0 && /[.,;:!?'*_~\]}\\]/.test(written[end - 1] as string)) end--;
  return written.slice(0, end);
}
