import type { Heading, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Page } from '../read/Page.ts';
import { renderHeading } from './renderBlock.ts';
import { createSlugger, slugOf } from './slug.ts';
import { countTokens } from './tokens.ts';

/** A heading and what stands under it, as the page nests them. The page itself is the root, of depth 0. */
export interface Section {
  readonly depth: number;
  readonly title: string;
  /** The page's title once more, which stands in every title path already: not printed. */
  readonly isTitle: boolean;
  /** The heading as Markdown, and what it costs where it is printed. */
  readonly heading: string;
  readonly headingTokens: number;
  /** For keys: says nothing about other headings of the same name, so that it does not change with them. */
  readonly slug: string;
  readonly anchor?: string;
  /** The page of paper that it stands on; see HeadingData. */
  readonly sheet?: number;
  readonly blocks: RootContent[];
  readonly children: Section[];
}

/** Headings longer than this are text that somebody made a heading of. */
const MAX_TITLE = 200;

/** The page as a tree of sections. */
export function sectionsOf(page: Page): Section {
  const slugger = createSlugger();
  const root: Section = {
    depth: 0,
    title: '',
    isTitle: false,
    heading: '',
    headingTokens: 0,
    slug: '',
    blocks: [],
    children: [],
  };
  const open: Section[] = [root];
  for (const node of page.body.children) {
    if (node.type !== 'heading') {
      open.at(-1)?.blocks.push(node);
      continue;
    }
    const own = sectionOf(node, slugger);
    if (own === undefined) continue;
    const section = open.length === 1 && root.children.length === 0 ? untitled(own, page.title) : own;
    while (open.length > 1 && (open.at(-1)?.depth ?? 0) >= section.depth) open.pop();
    open.at(-1)?.children.push(section);
    open.push(section);
  }
  return root;
}

/** The first heading of most pages is their title. */
function untitled(section: Section, title: string): Section {
  const same = section.title.toLowerCase() === title.trim().toLowerCase();
  return same ? { ...section, isTitle: true, headingTokens: 0 } : section;
}

function sectionOf(node: Heading, slugger: (heading: string) => string): Section | undefined {
  const full = textOf(node).replace(/\s+/g, ' ').trim();
  if (full === '') return undefined;
  const long = full.length > MAX_TITLE;
  const title = long
    ? `${full
        .slice(0, full.lastIndexOf(' ', MAX_TITLE) || MAX_TITLE)
        .slice(0, MAX_TITLE)
        .trimEnd()}…`
    : full;
  const heading = long ? `${'#'.repeat(node.depth)} ${title}` : renderHeading(node);
  const slug = slugger(full);
  const anchor = node.data?.anchor === undefined ? slug : (node.data.anchor ?? undefined);
  return {
    depth: node.depth,
    title,
    isTitle: false,
    heading,
    headingTokens: countTokens(heading) + 1,
    slug: slugOf(title).slice(0, 60),
    blocks: long ? [{ type: 'paragraph', children: node.children }] : [],
    children: [],
    ...(anchor !== undefined && anchor !== '' && { anchor }),
    ...(node.data?.sheet !== undefined && { sheet: node.data.sheet }),
  };
}
