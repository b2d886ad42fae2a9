import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from '../../../tools/browser/launchBrowser.ts';
import { newPage, openChat } from './inBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

describe.runIf(!noBrowser)('Markdown on the page', () => {
  let browser: Browser;
  let chat: RunningWebChat;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    chat = await startWebChat();
    ({ page } = await newPage(browser));
    await openChat(chat, page);
    await page.evaluate(`(async () => {
      const { showMarkdown } = await import('/page/markdown.js');
      const { highlight } = await import('/page/highlight.js');
      const { h } = await import('/page/dom.js');
      const cite = (n) => (n < 3 ? h('button', { class: 'cite' }, String(n)) : undefined);
      const short = (element) => {
        for (const one of element.querySelectorAll('*')) {
          for (const name of ['dir', 'target', 'rel', 'data-block', 'role', 'tabindex', 'aria-label']) one.removeAttribute(name);
        }
        return element.innerHTML;
      };
      globalThis.show = (source, options = {}) => {
        const element = h('div');
        showMarkdown(element, source, { cite, ...options });
        return short(element);
      };
      globalThis.grow = (pieces) => {
        const [growing, whole] = [h('div'), h('div')];
        let source = '';
        for (const piece of pieces) showMarkdown(growing, (source += piece), { cite });
        showMarkdown(whole, source, { cite });
        return growing.innerHTML === whole.innerHTML;
      };
      globalThis.strange = (source) => {
        const element = h('div');
        showMarkdown(element, source, { cite });
        const known = 'A B BLOCKQUOTE BR BUTTON CODE DEL DIV EM H3 HR LI OL P PRE SPAN STRONG TABLE TBODY TD TH THEAD TR UL'.split(' ');
        return [...element.querySelectorAll('*')].filter((one) =>
          !known.includes(one.tagName) || one.hasAttribute('style') || [...one.attributes].some(({ name }) => name.startsWith('on')) ||
          (one.tagName === 'A' && !/^https?:/.test(one.href))).map((one) => one.outerHTML);
      };
      globalThis.marked = (source, quote) => {
        const element = h('div');
        showMarkdown(element, source);
        highlight(element, quote);
        return [...element.querySelectorAll('mark')].map((mark) => mark.textContent).join('|');
      };
    })()`);
  });
  afterAll(async () => {
    await browser.close();
    await chat.stop();
  });

  const inPage = <T>(name: string, ...args: unknown[]) =>
    page.evaluate<T>(`${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);

  it.each([
    ['a paragraph', 'One\ntwo.\n\nThree.', '<p>One two.</p><p>Three.</p>'],
    [
      'bold, italic, struck',
      '**a** *b* __c__ _d_ ~~e~~',
      '<p><strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em> <del>e</del></p>',
    ],
    ['bold in italic', '*a **b** c*', '<p><em>a <strong>b</strong> c</em></p>'],
    ['names with underscores', 'HOLD_TTL_SECONDS and 2 * 3 * 4', '<p>HOLD_TTL_SECONDS and 2 * 3 * 4</p>'],
    ['code', 'Use `a_b_c **x**` and ``a ` b``.', '<p>Use <code>a_b_c **x**</code> and <code>a ` b</code>.</p>'],
    [
      'a fence',
      '```sh\nls <a>\n```\nDone.',
      '<div class="code"><div class="head"><span>sh</span><button type="button" class="copy">Copy code</button></div><pre><code>ls &lt;a&gt;</code></pre></div><p>Done.</p>',
    ],
    [
      'a fence that is not closed yet',
      '```\nls',
      '<div class="code"><div class="head"><span></span><button type="button" class="copy">Copy code</button></div><pre><code>ls</code></pre></div>',
    ],
    ['a list in a list', '- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['a numbered list that goes on', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    [
      'a quote',
      '> a\n>\n> — Mara [1]',
      '<blockquote><p>a</p><p class="by">— <span class="keep">Mara&nbsp;<button class="cite">1</button></span></p></blockquote>',
    ],
    [
      'a table',
      '| a | b |\n|---|:-:|\n| 1 | x \\| y |',
      '<div class="tabular"><div class="head"><span>Table</span><button type="button" class="copy">Copy table</button></div><div class="scroll"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>x | y</td></tr></tbody></table></div></div>',
    ],
    ['a heading', '## Set up ##', '<h3>Set up</h3>'],
    ['a rule', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
    [
      'a citation',
      'So [1][2], so [1, 2], not [3].',
      '<p><span class="keep">So&nbsp;<button class="cite">1</button></span><button class="cite">2</button>, <span class="keep">so&nbsp;<button class="cite">1</button></span><button class="cite">2</button>, not [3].</p>',
    ],
    [
      'a link',
      '[the *guide*](https://a.example/x_(y)?z=1)',
      '<p><a href="https://a.example/x_(y)?z=1">the <em>guide</em></a></p>',
    ],
    [
      'a bare link',
      'See https://a.example/b_c_d.',
      '<p>See <a href="https://a.example/b_c_d">https://a.example/b_c_d</a>.</p>',
    ],
    ['a link that is none', '[a](javascript:alert(1)) [b](data:text/html,x) [c](/etc)', '<p>a b c</p>'],
    ['HTML', '<b onclick="x()">a</b> &amp;', '<p>&lt;b onclick="x()"&gt;a&lt;/b&gt; &amp;amp;</p>'],
    ['what is escaped', '\\*a\\* \\[1] 1\\. x', '<p>*a* [1] 1. x</p>'],
  ])('shows %s', async (_, source, shown) => {
    expect(await inPage('show', source)).toBe(shown);
  });

  it('keeps line breaks where they were meant', async () => {
    expect(await inPage('show', 'a\nb', { breaks: true })).toBe('<p>a<br>b</p>');
  });

  it('marks a quote through tags, line breaks and gaps', async () => {
    const source = 'First **bold** words.\n\n- Then `code`\n  and more.';
    expect(await inPage('marked', source, '**bold** words. Then `code` and')).toBe('bold| words.|Then |code| and');
    expect(await inPage('marked', source, 'First … more.')).toBe('First|more.');
    expect(await inPage('marked', source, 'not there')).toBe('');
    const table = '| name | size |\n| --- | --- |\n| a | 1 |\n| b | 2 |\n| c | 3 |';
    expect(await inPage('marked', table, '| name | size |\n| --- | --- |\n| a | 1 |\n| c | 3 |')).toBe(
      'name|size|a|1|c|3',
    );
    expect(await inPage('marked', table, '| b | 2 |')).toBe('b|2');
  });

  // What a hostile page or model might write, in pieces that meet each other.
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...[
            '<script>',
            '</p>',
            '<img src=x onerror=alert(1)>',
            '[',
            '](',
            ')',
            'javascript:alert(1)',
            'data:text/html,x',
          ],
          ...[
            'https://a.example',
            '`',
            '```',
            '\n',
            '\n\n',
            '> ',
            '- ',
            '1. ',
            '| a |',
            '\n|---|\n',
            '**',
            '_',
            '~~',
            '!',
            '[1]',
          ],
          ...['\\', '&#106;avascript:', '<', '>', '"', "'", ' ', '# ', '\u0000', '\u202e', '  '],
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces);

  it('never makes anything but harmless elements and links to the web, whatever is written', async () => {
    const samples = fc.sample(hostile, 400).map((pieces) => pieces.join(''));
    const strange = await page.evaluate<string[]>(`${JSON.stringify(samples)}.flatMap((source) => strange(source))`);
    expect(strange).toEqual([]);
  });

  it('shown piece by piece ends as shown at once', async () => {
    const samples = fc.sample(hostile, 150);
    const differing = await page.evaluate<string[][]>(`${JSON.stringify(samples)}.filter((pieces) => !grow(pieces))`);
    expect(differing).toEqual([]);
  });

  it('is not brought to a halt by what is made to', async () => {
    const long = 20_000;
    const samples = ['*a '.repeat(long), '['.repeat(long), '`a``'.repeat(long), '> '.repeat(long), '- '.repeat(long)];
    samples.push(
      `# ${' '.repeat(long)}x`,
      '|'.repeat(long),
      `[a](${'('.repeat(long)}`,
      '_'.repeat(long),
      '![['.repeat(long),
    );
    const strange = await page.evaluate<string[]>(`${JSON.stringify(samples)}.flatMap((source) => strange(source))`);
    expect(strange).toEqual([]);
  });
});
