import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { readHtml } from '../../../src/knowledge/read/readHtml.ts';
import { readMarkdown } from '../../../src/knowledge/read/readMarkdown.ts';
import { readText } from '../../../src/knowledge/read/readText.ts';

const options = { fallbackTitle: 'x' };

function depthOf(root: Nodes): number {
  let deepest = 0;
  const waiting: [Nodes, number][] = [[root, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth] = next;
    deepest = Math.max(deepest, depth);
    if ('children' in node) for (const child of node.children) waiting.push([child, depth + 1]);
  }
  return deepest;
}

const markdown: Record<string, string> = {
  'a hundred thousand quotes': `${'> '.repeat(100_000)}end`,
  'a hundred thousand quotes without spaces': `${'>'.repeat(100_000)}end`,
  'a hundred thousand lists': `${'- '.repeat(100_000)}end`,
  'a hundred thousand brackets': `${'['.repeat(100_000)}end`,
  'images in images': `${'!['.repeat(20_000)}end`,
  'lists indented further and further': `${Array.from({ length: 300 }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n')}\nend`,
  'strikes that never pair': `${'~~a'.repeat(20_000)} end`,
  'stars that pair too well': `${'a**b'.repeat(20_000)} end`,
  'emphasis in emphasis': `${'*a **b '.repeat(2_000)}${'c** d* '.repeat(2_000)}end`,
  'comments that never end': `${'a <!-- b '.repeat(3_000)}end`,
  'a fence that never ends': `\`\`\`\n${'x\n'.repeat(50_000)}end`,
  'one line': `${'a'.repeat(2_000_000)} end`,
  'null bytes': `${'\0'.repeat(50_000)}end`,
  'a tag of many attributes': `<a ${Array.from({ length: 20_000 }, (_, at) => `a${at}=1`).join(' ')}>end`,
};

describe('hostile Markdown', () => {
  it.each(Object.entries(markdown))('%s: is read, is shallow, keeps its words', (_, text) => {
    const { body } = readMarkdown(text, options);
    expect(depthOf(body)).toBeLessThan(60);
    expect(textOf(body)).toContain('end');
  });
});

const html: Record<string, string> = {
  'a hundred thousand divs': `${'<div>'.repeat(100_000)}end`,
  'a hundred thousand tables': `${'<table>'.repeat(100_000)}end`,
  'formatting that is never closed': `${Array.from({ length: 5_000 }, (_, at) => `<b a=${at}>`).join('')}${'<p>x'.repeat(2_000)}end`,
  'a close that does not close': `${'<div><table><td></div>'.repeat(1_000)}end`,
  'quotes that never end': `<p>end</p>${'<a b="'.repeat(100_000)}`,
  'comments that never end': `<p>end</p>${'<!--'.repeat(100_000)}`,
  'only less-than': `${'< '.repeat(50_000)}end`,
  'a base that is no URL': '<base href="http://[">end <a href="x">y</a>',
  'buttons that never end': `${'<button>'.repeat(50_000)}end`,
  'an image of a megabyte': `<p><img src="data:image/png;base64,${'A'.repeat(1_000_000)}">end</p>`,
};

describe('hostile HTML', () => {
  it.each(Object.entries(html))('%s: is read, is shallow, keeps its words', (_, text) => {
    const { body } = readHtml(text, options);
    expect(depthOf(body)).toBeLessThan(60);
    expect(textOf(body)).toContain('end');
  });
});

describe('any text', () => {
  const scraps = fc.constantFrom(
    ...[
      '# ',
      '> ',
      '- ',
      '1. ',
      '```',
      '~~~',
      '|',
      '|-|',
      '\n',
      '\n\n',
      '    ',
      '\t',
      '[',
      ']',
      '](',
      ')',
      '<',
      '>',
      '<!--',
      '-->',
    ],
    ...[
      '<div>',
      '</div>',
      '<b>',
      '</p>',
      '<td>',
      '<table>',
      '<script>',
      '&amp;',
      '&#0;',
      '\\',
      '*',
      '_',
      '`',
      ':::',
      '---',
      '===',
      '[^1]: ',
      '[a]: x',
    ],
    ...['word', 'zwei', '汉字', '😀', '\u0000', '\uFEFF', '\uD800', 'https://a.example', 'a@b.example'],
  );
  const texts = fc
    .array(fc.oneof(scraps, fc.string({ maxLength: 6 })), { maxLength: 60 })
    .map((parts) => parts.join(''));

  it.each([
    ['Markdown', readMarkdown],
    ['HTML', readHtml],
    ['text', readText],
  ] as const)('as %s gives a page that can be sent between threads, the same each time', (_, read) => {
    fc.assert(
      fc.property(texts, (text) => {
        const page = read(text, options);
        expect(structuredClone(page)).toEqual(read(text, options));
        expect(JSON.stringify(page.body)).not.toMatch(
          /"type":"(?:html|definition|yaml|linkReference|imageReference)"|"position"/,
        );
      }),
      { numRuns: 150 },
    );
  });
});
