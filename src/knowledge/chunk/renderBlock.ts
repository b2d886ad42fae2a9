import type { Heading, Image, Link, RootContent } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { defaultHandlers, type Options, toMarkdown } from 'mdast-util-to-markdown';
import { toString as textOf } from 'mdast-util-to-string';

const options: Options = {
  bullet: '-',
  emphasis: '_',
  fences: true,
  listItemIndent: 'one',
  rule: '-',
  extensions: [gfmToMarkdown({ tablePipeAlign: false, tableCellPadding: true })],
  // `<@ID>` means a person in our texts: a page cannot mention one.
  unsafe: [{ character: '<', after: '[@#]', inConstruct: 'phrasing' }],
  handlers: {
    // A picture cannot be read; what it shows can.
    image: (node: Image) => (node.alt ?? '').replace(/\s+/g, ' ').trim(),
    link: (node: Link, parent, state, info) =>
      textOf(node) === node.url ? node.url : defaultHandlers.link(node, parent, state, info),
    break: () => '\n',
  },
};

/** One block of a page as Markdown, without a newline at its end. */
export function renderBlock(node: RootContent): string {
  return toMarkdown({ type: 'root', children: [node] }, options).trimEnd();
}

/** A heading's text as a heading of its depth, on one line. */
export function renderHeading(node: Heading): string {
  return renderBlock(node).replace(/\s+/g, ' ');
}
