import type { Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { firstHeading } from './firstHeading.ts';
import { takeFrontMatter } from './markdown/frontMatter.ts';
import { segmentMarkdown } from './markdown/segmentMarkdown.ts';
import type { Page } from './Page.ts';
import { readText } from './readText.ts';
import { tidyTree } from './tidyTree.ts';

const syntax = gfm();
const compile = gfmFromMarkdown();

/**
 * Reads Markdown (CommonMark, GFM, YAML front matter; VuePress and MDX degrade to their texts). A pure function of its
 * arguments that takes linear time in honest texts and never throws for any text.
 * Title: that of the front matter, else the first `#` heading, else `fallbackTitle`.
 */
export function readMarkdown(text: string, options: { readonly fallbackTitle: string; readonly mdx?: boolean }): Page {
  const { rest, title, ...facts } = takeFrontMatter(text);
  const children: RootContent[] = [];
  for (const segment of segmentMarkdown(rest, { mdx: options.mdx ?? false })) {
    for (const child of parse(segment).children) children.push(child);
  }
  const body: Root = { type: 'root', children };
  return { title: title ?? firstHeading(body, 1) ?? options.fallbackTitle, ...facts, body };
}

function parse(segment: string): Root {
  try {
    return tidyTree(fromMarkdown(segment, { extensions: [syntax], mdastExtensions: [compile] }));
  } catch {
    // A parser that gives up (its stack, mostly) costs this part its structure, not its words.
    return readText(segment, { fallbackTitle: '' }).body;
  }
}
