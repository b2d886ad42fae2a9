import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from '../../../tools/browser/launchBrowser.ts';
import { ask, expectAccessible, newPage, openChat, PHONE } from './inBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

const ANSWER = `Set it **smaller** [1].

- one
  1. nested

\`\`\`sh
sudo wg-quick up a-very-long-name-of-an-interface-that-does-not-fit-on-a-phone --and --some --options
\`\`\`

| Where | Size |
| --- | --- |
| Home | 1380 |

> Quoted.
>
> — Mara, #ops [2]`;

const LOOKS: [string, BrowserContextOptions][] = [
  ['on a desk', {}],
  ['on a desk in the dark', { colorScheme: 'dark' }],
  ['on a phone', PHONE],
  ['on a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
];

describe.runIf(!noBrowser)('everybody can use the page', () => {
  let browser: Browser;
  let chat: RunningWebChat;
  beforeAll(async () => {
    browser = await launchBrowser();
    chat = await startWebChat();
    const { vpn, setup } = chat.harbour;
    const traced = { documentId: 1, version: 1, score: 0.9, n: 1, words: { rank: 1, score: 3 } };
    chat.scripted.says({
      pieces: [ANSWER],
      citations: [vpn, setup],
      trace: { passages: [{ ...traced, passageId: vpn.passageId }] },
    });
  });
  afterAll(async () => {
    await browser.close();
    await chat.stop();
  });

  describe.each(LOOKS)('%s', (_, look) => {
    let page: Page;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ page, close } = await newPage(browser, look));
      await openChat(chat, page);
    });
    afterEach(() => close());

    const widerThanScreen = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

    it('on a first visit', async () => {
      await expectAccessible(page);
      expect(await widerThanScreen()).toBe(0);
    });

    it('with an answer and an open source', async () => {
      await ask(page, 'Why?');
      await expectAccessible(page);
      await page
        .getByRole('button', { name: /^Source 1/ })
        .first()
        .click();
      await page.locator('mark').first().waitFor();
      await expectAccessible(page);
      expect(await widerThanScreen()).toBe(0);
    });

    it('correcting it', async () => {
      await ask(page, 'Why?');
      await page.getByRole('button', { name: 'Bad answer' }).click();
      await page.getByRole('button', { name: 'Out of date' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'What should it have said?' }).click();
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page);
    });

    it('reading why', async () => {
      await ask(page, 'Why?');
      const address = await page.getByRole('link', { name: 'Why this answer?' }).getAttribute('href');
      await page.goto(chat.url + address);
      await page.locator('.picture').waitFor();
      await expectAccessible(page);
      expect(await widerThanScreen()).toBe(0);
    });

    it('looking at a passage while its number has the keyboard, and searching', async () => {
      await ask(page, 'Why?');
      await page.locator('button.cite').first().focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await page.locator('#preview mark').first().waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('smaller');
      await page
        .getByText('One conversation')
        .or(page.getByText(/^\d+ conversations/))
        .waitFor();
      await expectAccessible(page);
    });

    it('reading which keys there are', async () => {
      await page.locator('main').click();
      await page.evaluate('document.activeElement.blur()');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await expectAccessible(page);
    });

    it('looking through the sources', async () => {
      await page.goto(`${chat.url}/sources`);
      await page.locator('.fresh[data-age]').first().waitFor();
      await expectAccessible(page);
      expect(await widerThanScreen()).toBe(0);
    });
  });

  it('also whoever has no session', async () => {
    const { page, close } = await newPage(browser);
    await page.goto(chat.url);
    expect(await page.locator('code').textContent()).toBe('npx backscroll open');
    await expectAccessible(page);
    await close();
  });

  it('also whoever has a phone: the conversations lie behind a button', async () => {
    const { page, close } = await newPage(browser, PHONE);
    await openChat(chat, page);
    await ask(page, 'Where?');
    const menu = page.getByRole('button', { name: 'Conversations' });
    const list = page.getByRole('link', { name: 'Where?' });
    expect(await list.isVisible()).toBe(false);
    await menu.tap();
    await list.waitFor();
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await menu.tap();
    await page.touchscreen.tap(380, 500);
    await list.waitFor({ state: 'hidden' });
    await close();
  });

  it('also whoever has only a keyboard: the first stop leads past the list', async () => {
    const { page, close } = await newPage(browser);
    await openChat(chat, page);
    const first = page.locator('a, button, input, select, textarea, [tabindex]').first();
    expect(await first.textContent()).toBe('Skip to the question');
    await first.focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('question');
    await close();
  });
});
