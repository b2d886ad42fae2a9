import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { readHtml } from '../../../src/knowledge/read/readHtml.ts';

const read = (html: string) => readHtml(html, { fallbackTitle: 'fallback' });
const words = (html: string) => textOf(read(html).body).replace(/\s+/g, ' ').trim();

describe('facts', () => {
  it('takes title, canonical URL and date from the head', () => {
    const page =
      read(`<!doctype html><head><title>VPN · Handbook</title><link rel="canonical" href="https://docs.example.com/vpn">
      <meta property="article:modified_time" content="2026-02-03T04:05:06+01:00"></head><body><h1>VPN</h1><p>text</p>`);
    expect(page).toMatchObject({
      title: 'VPN',
      url: 'https://docs.example.com/vpn',
      updatedAtMs: Date.UTC(2026, 1, 3, 3, 5, 6),
    });
  });
  it.each([
    ['<title>A &amp; B</title><h1>C</h1>', 'A & B'],
    ['<meta property="og:title" content="D"><h1>C</h1>', 'D'],
    ['<h1>Only <em>this</em> <a href="#x">#</a></h1>', 'Only this'],
    ['<p>nothing</p>', 'fallback'],
  ])('title of %s', (html, title) => {
    expect(read(html).title).toBe(title);
  });
  it('takes a date from <time>, and no URL that is not the web', () => {
    const page = read('<link rel=canonical href="javascript:1"><p>on <time datetime="2025-12-31">New Year</time></p>');
    expect(page.updatedAtMs).toBe(Date.UTC(2025, 11, 31));
    expect(page.url).toBeUndefined();
  });
});

describe('content', () => {
  const furniture = `<nav><a href="/">Home</a></nav><header>Site</header><aside>Ads</aside>
    <div class="side"><a href="/1">One page</a> <a href="/2">Two page</a> <a href="/3">Three page</a> <a href="/4">Four page</a></div>`;
  it('is main, article or [role=main] where there is one', () => {
    for (const [open, close] of [
      ['<main>', '</main>'],
      ['<article>', '</article>'],
      ['<div role="main">', '</div>'],
    ]) {
      expect(words(`<body>${furniture}${open}<p>What counts is this sentence.</p>${close}<footer>©</footer>`)).toBe(
        'What counts is this sentence.',
      );
    }
  });
  it('else the body without furniture', () => {
    expect(words(`<body>${furniture}<p>What counts is this sentence.</p><footer>©</footer>`)).toBe(
      'What counts is this sentence.',
    );
  });
  it('leaves out what is hidden, scripts, controls and tables of contents', () => {
    expect(
      words(`<main><ul><li><a href="#a">A</a><li><a href="#b">B</a><li><a href="#c">C</a></ul>
      <p hidden>h1</p><p aria-hidden="true">h2</p><p style="display: none">h3</p><span class="x"><span hidden>h4</span>seen</span>
      <script>s()</script><style>p{}</style><svg><text>v</text></svg><button>Copy</button><select><option>o</select><template>t</template>
      <p>Text.</p></main>`),
    ).toBe('seenText.');
  });
  it('keeps a page that is nothing but links, and one that a form wraps whole', () => {
    expect(
      words(
        '<body><ul><li><a href="/a">Alpha</a><li><a href="/b">Beta</a><li><a href="/c">Gamma</a><li><a href="/d">Delta</a></ul>',
      ),
    ).toContain('Gamma');
    expect(words(`<body><form><p>${'A long page. '.repeat(60)}</p></form>`)).toContain('A long page.');
  });
});

describe('structure', () => {
  it('keeps headings with their anchors, code with its language, tables, lists and links', () => {
    const { children } = read(`<main><h2 id="install">Install<a class="anchor" href="#install">¶</a></h2><h3>Plain</h3>
      <pre><code class="language-sh"><span class="tok">npm</span> i
  x</code></pre><table><tr><th>a<tr><td>1</table><ol><li>one<li>two</ol><p><a href="../b">there</a></p></main>`).body;
    expect(children.map(({ type }) => type)).toEqual(['heading', 'heading', 'code', 'table', 'list', 'paragraph']);
    expect(children[0]).toMatchObject({ data: { anchor: 'install' }, children: [{ value: 'Install' }] });
    expect(children[1]).toMatchObject({ data: { anchor: null } });
    expect(children[2]).toEqual({ type: 'code', lang: 'sh', value: 'npm i\n  x' });
    expect(JSON.stringify(children[5])).toContain('"url":"../b"');
  });
  it('lets no block into a line or a cell, and no cell out of its table', () => {
    const [table, stray] = read('<table><tr><th>a<tr><td><pre>x\ny</pre><ul><li>one<li>two</ul></table><td>alone').body
      .children;
    expect(JSON.stringify(table)).toContain('{"type":"inlineCode","value":"x y"}');
    expect(JSON.stringify(table)).not.toContain('"list"');
    expect(stray).toMatchObject({ type: 'paragraph' });
  });
  it('makes no tags out of text', () => {
    expect(words('<p>&lt;script&gt;alert(1)&lt;/script&gt; 1 < 2</p>')).toBe('<script>alert(1)</script> 1 < 2');
  });
});
