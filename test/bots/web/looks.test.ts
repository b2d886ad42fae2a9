import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ask, describeVisit, eachOf } from './inBrowser.ts';

const ARABIC = 'كيف أضبط حجم الحزمة؟';
const ANSWER = `اضبط الحجم على \`1380\` [1].

- الخطوة الأولى
- second step in English
- שלב שלישי

> זה גודל החבילה.
>
> — תום

| القيمة | الاسم |
| --- | --- |
| 1380 | MTU |

\`\`\`sh
ip link set mtu 1380
\`\`\`

And a last line in English.`;

describeVisit('text that runs from right to left', {}, (visit) => {
  const direction = (selector: string) => eachOf<string>(visit.page, selector, 'getComputedStyle(one).direction');
  const edge = async (selector: string, side: 'Left' | 'Right') =>
    (await eachOf<string>(visit.page, selector, `getComputedStyle(one).border${side}Width`))[0];

  it('runs so block by block, in questions, answers and the list', async () => {
    visit.chat.scripted.says({ pieces: [ANSWER], citations: [visit.chat.harbour.vpn] });
    await ask(visit.page, ARABIC);
    expect(await direction('article > h2')).toEqual(['rtl']);
    expect(await direction('.text > p')).toEqual(['rtl', 'ltr']);
    expect(await direction('.text > ul, .text blockquote, .text table')).toEqual(['rtl', 'rtl', 'rtl']);
    expect(await direction('.text pre')).toEqual(['ltr']);
    expect(await direction('#threads a > span')).toEqual(['rtl']);
    // The bar of a quote stands where its lines begin.
    expect([await edge('.text blockquote', 'Right'), await edge('.text blockquote', 'Left')]).toEqual(['3px', '0px']);
    // The marks of the list are on the right, also those of an English item.
    const boxes = await eachOf<number>(visit.page, '.text li', 'one.getBoundingClientRect().right');
    const list = await visit.page.locator('.text > ul').boundingBox();
    for (const right of boxes) expect(right).toBeLessThan((list?.x ?? 0) + (list?.width ?? 0) - 10);
    const align = 'getComputedStyle(one).textAlign';
    expect(new Set(await eachOf(visit.page, '.text :is(li, td)', align))).toEqual(new Set(['right']));
    expect(await eachOf(visit.page, '.text li', `getComputedStyle(one).unicodeBidi`)).toContain('plaintext');
  });

  it('leaves the page as wide as the screen', async () => {
    visit.chat.scripted.says({ pieces: [ANSWER], citations: [visit.chat.harbour.vpn] });
    await ask(visit.page, ARABIC);
    expect(await visit.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  });
});

describeVisit('a first visit', {}, (visit) => {
  it('loads less than 100 kB until the first paint, each file once and none of them late', async () => {
    const { browser, chat } = visit;
    const context = await browser.newContext();
    const page = await context.newPage();
    const loaded: { path: string; bytes: Promise<number> }[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const body = response.status() === 200 && response.headers()['content-type'] !== 'text/event-stream';
      loaded.push({ path: pathname, bytes: body ? response.body().then(({ length }) => length) : Promise.resolve(0) });
    });
    await page.goto(chat.link());
    await page.locator('#suggestions button').first().waitFor();
    const bytes = (await Promise.all(loaded.map((one) => one.bytes))).reduce((sum, one) => sum + one, 0);
    expect(bytes).toBeGreaterThan(30_000);
    expect(bytes).toBeLessThan(100_000);
    const scripts = loaded.map(({ path }) => path).filter((path) => path.endsWith('.js'));
    expect(new Set(scripts).size).toBe(scripts.length);
    // What is not named in the page itself is found only when another module was read.
    const named = await eachOf<string>(
      page,
      '[rel=modulepreload], script[src]',
      'new URL(one.href || one.src).pathname',
    );
    expect(scripts.sort()).toEqual(named.sort());
    await context.close();
  });

  it('loads nothing that is not used', async () => {
    const files = readdirSync(join(import.meta.dirname, '../../../src/bots/web/page'));
    const sources = await Promise.all(
      files.map(
        async (name) => (await (await visit.page.request.get(`${visit.chat.url}/page/${name}`)).text()) as string,
      ),
    );
    const pages = ['index.html', 'review.html', 'trace.js', 'sources.js', 'base.css', 'plain.css', 'icon.svg'];
    for (const name of files) {
      expect(pages.includes(name) || sources.some((source) => source.includes(name)), name).toBe(true);
    }
  });
});

describeVisit('a visit while the first import runs', {}, (visit) => {
  it('says that it is still reading, and shows what can be asked as soon as there is something', async () => {
    const { page } = visit;
    const sample = { id: 'slack:T1', name: 'sample' };
    const about = (more: object) => ({
      ...{ spaces: [sample], suggestions: ['Why?'], questionCharacters: 500 },
      status: { importing: true, wordsOnly: false, passages: 12 },
      ...more,
    });
    const answers = [
      about({ spaces: [], suggestions: [], status: { importing: true, wordsOnly: false, passages: 0 } }),
      about({}),
      about({ status: { importing: false, wordsOnly: false, passages: 126 } }),
    ];
    await page.route('**/api/about', (route) =>
      route.fulfill({ json: answers.length > 1 ? answers.shift() : answers[0] }),
    );
    await page.clock.install();
    await page.reload();
    await page.getByText('Still reading.').waitFor();
    await page.clock.runFor(2_000);
    await page.getByText('12 passages').waitFor();
    expect(await page.locator('#welcome-text').textContent()).toMatch(/^Ask about anything/);
    const suggestion = page.getByRole('button', { name: 'Why?' });
    await suggestion.focus();
    await page.clock.runFor(2_000);
    await page.getByText('126 passages').waitFor();
    expect(await suggestion.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await page.locator('#status').textContent()).not.toContain('reading');
  });
});
