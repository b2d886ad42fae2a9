import { firstHeading } from './firstHeading.ts';
import { htmlFacts } from './html/htmlFacts.ts';
import { parseHtml, toTree } from './html/htmlToTree.ts';
import { mainContent } from './html/mainContent.ts';
import { stripTags } from './html/stripTags.ts';
import type { Page } from './Page.ts';
import { readText } from './readText.ts';
import { tidyTree } from './tidyTree.ts';

/**
 * Reads an HTML page: what it says about itself (title, canonical URL, date) and its main content, without navigation
 * and furniture. A pure function of its arguments that never throws for any text; nothing is fetched or run.
 */
export function readHtml(html: string, options: { readonly fallbackTitle: string }): Page {
  try {
    const page = parseHtml(html, { components: false, fragment: false });
    const { title, ...facts } = htmlFacts(page);
    const body = tidyTree(toTree(mainContent(page)));
    return { title: title ?? firstHeading(body, 1) ?? options.fallbackTitle, ...facts, body };
  } catch {
    // A tree that is too wide or too odd for the libraries costs the page its structure, not its words.
    return readText(stripTags(html), { fallbackTitle: options.fallbackTitle, plain: true });
  }
}
