import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../src/knowledge/read/readMarkdown.ts';

const read = (text: string, mdx = false) => readMarkdown(text, { fallbackTitle: 'fallback', mdx });
const kinds = (text: string) => read(text).body.children.map(({ type }) => type);
const words = (text: string, mdx = false) =>
  read(text, mdx)
    .body.children.map((node) => textOf(node))
    .join('\n');

describe('title and facts', () => {
  it('takes title, url and date from front matter', () => {
    const page = read('---\ntitle: VPN\nurl: https://wiki.example.com/vpn#top\nupdated: 2026-03-01\n---\n# Other\n');
    expect(page).toMatchObject({
      title: 'VPN',
      url: 'https://wiki.example.com/vpn',
      updatedAtMs: Date.UTC(2026, 2, 1),
    });
    expect(page.body.children).toHaveLength(1);
  });
  it('else the first h1, else the fallback', () => {
    expect(read('## Small\n\n# The `big` one\n').title).toBe('The big one');
    expect(read('Just text').title).toBe('fallback');
  });
  it.each([
    ['a rule is not front matter', '---\n\ntext\n\n---\n', 'text'],
    ['a broken mapping', '---\n: [\n---\ntext', 'text'],
    ['an endless one', `---\n${'a: b\n'.repeat(9_000)}---\ntext`, 'text'],
    ['a URL of another kind', '---\nurl: javascript:alert(1)\n---\ntext', 'text'],
    ['a bomb of aliases', `---\na: &a [x,x]\n${'b: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'}---\ntext`, 'text'],
  ])('survives front matter: %s', (_, text, kept) => {
    const page = read(text);
    expect(page.url).toBeUndefined();
    expect(page.body.children.map((node) => textOf(node)).join(' ')).toContain(kept);
  });
});

describe('structure', () => {
  it('knows GitHub tables, task lists and strikethrough', () => {
    expect(kinds('|a|b|\n|-|-|\n|1|2|\n\n- [x] done\n\n~~gone~~')).toEqual(['table', 'list', 'paragraph']);
  });
  it('keeps no positions, no definitions and no HTML', () => {
    const json = JSON.stringify(read('[a][b] <b>c</b> ![d][b]\n\n[b]: /there "t"\n\n<!-- x -->\n\n<p>e</p>').body);
    expect(json).not.toMatch(/position|definition|"html"|linkReference/);
    expect(json).toContain('"url":"/there"');
  });
  it('takes an explicit anchor off a heading', () => {
    expect(read('## Set up {#setup}').body.children[0]).toMatchObject({
      data: { anchor: 'setup' },
      children: [{ value: 'Set up' }],
    });
  });
  it('keeps only the language of a fence', () => {
    expect(read('```js{6}:no-line-numbers title="x"\nx\n```').body.children[0]).toEqual({
      type: 'code',
      lang: 'js',
      value: 'x',
    });
  });
  it.each(['javascript:alert(1)', ' JaVaScRiPt:x', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd'])(
    'takes off a link to %s',
    (url) => {
      expect(JSON.stringify(read(`[label](<${url}>) ![alt](<${url}>)`).body)).not.toContain(':x');
      expect(words(`[label](<${url}>)`)).toBe('label');
    },
  );
  it('resolves references across a long document', () => {
    const filler = 'Some words to fill the page.\n\n'.repeat(1_000);
    const page = read(`See [the manual].\n\n${filler}[the manual]: https://example.com/manual\n`);
    expect(JSON.stringify(page.body.children[0])).toContain('https://example.com/manual');
  });
  it('keeps the columns of a table that is longer than a part', () => {
    const rows = Array.from({ length: 2_000 }, (_, row) => `| ${row} | value |`).join('\n');
    const page = read(`| id | name |\n|---|---|\n${rows}\n`);
    const tables = page.body.children.filter((node) => node.type === 'table');
    expect(tables).toHaveLength(page.body.children.length);
    expect(tables.reduce((sum, table) => sum + table.children.length - 1, 0)).toBe(2_000);
  });
});

describe('VuePress and MDX', () => {
  it('drops the marks of containers and keeps their titles and texts', () => {
    expect(words(':::: code-group\n::: code-group-item npm\n```sh\nnpm i\n```\n:::\n::::')).toBe('npm\nnpm i');
    expect(words('::: tip\nRead this.\n:::\n\n:::note[Mind]\nthat\n:::')).toBe('Read this.\nMind\nthat');
    expect(words('```\n::: tip\n```')).toBe('::: tip');
  });
  it('makes components readable', () => {
    expect(words('Use <DocsLink path="ThreadChannel:Class#isThread" type="method" /> now')).toBe(
      'Use ThreadChannel#isThread() now',
    );
    expect(words('Find it <DocsLink path="X:Class">here</DocsLink> or <code>there</code>.')).toBe(
      'Find it here or there.',
    );
    expect(words('<ResultingCode path="a/b" />')).toBe('a/b');
    expect(words('<Chat>\n\t<template #x>\n\t\t<Say :a="1">ping</Say>\n\t</template>\n\tPong!\n</Chat>')).toMatch(
      /ping\s+Pong!/,
    );
  });
  it('drops comments, scripts and the modules of MDX', () => {
    expect(words('a <!-- b --> c\n\n<!--\nd\n\ne\n-->\n\n<script>\nf\n\ng\n</script>\n\nh')).toBe('a  c\nh');
    expect(words('import X from "./x"\nexport const y = 1\n\ntext', true)).toBe('text');
    expect(words('import X from "./x"')).toBe('import X from "./x"');
  });
  it('takes HTML blocks for what they show', () => {
    expect(kinds('<details>\n<summary>More</summary>\n<ul><li>one</li></ul>\n</details>')).toEqual([
      'paragraph',
      'list',
    ]);
    expect(words('> [!NOTE]\n> Mind the gap')).toBe('Mind the gap');
  });
});
