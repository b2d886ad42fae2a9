import { expect, it } from 'vitest';
import { ask, describeVisit, eachOf } from './inBrowser.ts';

describeVisit('the trace as a picture', {}, (visit) => {
  const open = async (trace: Record<string, unknown> = {}) => {
    const { page, chat } = visit;
    const { vpn, setup, chapter } = chat.harbour;
    const of = { documentId: 1, version: 1 };
    chat.scripted.says({
      pieces: ['Set it [1].'],
      citations: [vpn],
      trace: {
        passages: [
          {
            ...of,
            passageId: vpn.passageId,
            score: 0.9,
            n: 1,
            words: { rank: 2, score: 7 },
            vectors: { rank: 3, distance: 0.2 },
          },
          { ...of, passageId: setup.passageId, score: 0.6, n: 2, words: { rank: 1, score: 9 } },
          { ...of, passageId: chapter.passageId, score: 0.3, vectors: { rank: 1, distance: 0.1 } },
          { ...of, passageId: 9999, score: 0.1, vectors: { rank: 5, distance: 0.4 } },
        ],
        timings: { words: 30, vectors: 50, check: 10, answer: 40, total: 120 },
        ...trace,
      },
    });
    await ask(page, 'Why is it <b>slow</b>?');
    const address = await page.getByRole('link', { name: 'Why this answer?' }).last().getAttribute('href');
    await page.goto(chat.url + address);
    await page.locator('.picture').waitFor();
  };
  const texts = async (selector: string) => {
    const groups = await visit.page.locator(selector).all();
    return Promise.all(
      groups.map(async (group) => (await group.locator('text').allTextContents()).slice(0, 2).join(' ')),
    );
  };

  it('shows what was asked, two ranked columns and what became of them', async () => {
    await open();
    expect(await visit.page.locator('.asked').textContent()).toBe('Why is it <b>slow</b>?');
    expect(await texts('.picture .fused')).toEqual([
      '1 #ops · VPN on Linux',
      '2 VPN',
      '3 Manual',
      '4 cannot be read any more',
    ]);
    expect(await texts('.picture .found')).toEqual([
      '1 VPN',
      '2 #ops · VPN on Linux',
      '1 Manual',
      '3 #ops · VPN on Linux',
      '5 cannot be read any more',
    ]);
    expect(await visit.page.locator('.picture .line').count()).toBe(5);
    expect(await visit.page.locator('.picture .line.cited').count()).toBe(2);
    expect(await eachOf(visit.page, '.picture .fused', 'one.classList[1]')).toEqual(['cited', 'used', 'left', 'left']);
  });

  it('says the same in words to those who do not see it', async () => {
    await open();
    expect(await visit.page.locator('.picture').getAttribute('aria-label')).toBe(
      '2 passages were found by words, 3 by meaning, 1 by both. Of the 4 together, 2 were used. Cited: number 1, #ops · VPN on Linux.',
    );
    expect(await visit.page.locator('tbody tr').first().textContent()).toMatch(/#2 \(7\.00\)/);
  });

  it('shows where the time went: the searches side by side, then the rest in its order', async () => {
    await open();
    const rounded = (name: string) => `Math.round(one.getAttribute('${name}'))`;
    const bar = `[one.classList[1], ${rounded('x')}, ${rounded('width')}]`;
    const bars = await eachOf(visit.page, '#times rect', bar);
    expect(bars).toEqual([
      ['words', 0, 249],
      ['vectors', 0, 415],
      ['check', 417, 82],
      ['answer', 500, 332],
      ['rest', 833, 165],
    ]);
    expect(await visit.page.locator('#times figcaption').textContent()).toContain('by meaning 50 ms');
  });

  it('says what it cost', async () => {
    await open();
    expect(await visit.page.locator('.tiles').textContent()).toContain('Nothing: no model was asked');
    await visit.page.goto(visit.chat.url);
    await open({ model: 'small-one', answerer: 'model', inputTokens: 900, outputTokens: 80, cost: 0.0012 });
    expect(await visit.page.locator('.tiles').textContent()).toContain('0.0012 (900 + 80 tokens)');
  });

  it('shortens what does not fit, and lets a passage stand out when it is pointed at', async () => {
    await open();
    const first = visit.page.locator('.picture .fused').first();
    await first.hover();
    expect(await visit.page.locator('.picture.pointed .same').count()).toBe(5);
    const labels = 'one.getComputedTextLength() <= Number(one.dataset.most)';
    expect(new Set(await eachOf(visit.page, '.picture [data-most]', labels))).toEqual(new Set([true]));
  });
});
