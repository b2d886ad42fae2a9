import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from '../../../tools/browser/launchBrowser.ts';
import { ask, newPage, openChat } from './inBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

it(noBrowser ?? 'a browser is here, so the page is tested in it', () => {
  expect(noBrowser ?? '').toMatch(/^$|Chromium/);
});

describe.runIf(!noBrowser)('the page of the web chat', () => {
  let browser: Browser;
  let chat: RunningWebChat;
  let page: Page;
  let problems: string[];
  let close: () => Promise<void>;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    chat = await startWebChat();
    ({ page, problems, close } = await newPage(browser));
    chat.scripted.says({
      pieces: ['The packets are too large [1]. ', 'See **the guide** [2].'],
      citations: [chat.harbour.vpn, chat.harbour.setup],
    });
    await openChat(chat, page);
  });
  afterEach(async () => {
    await close();
    await chat.stop();
  });

  const article = () => page.locator('article');
  const kept = () => chat.store.feedbackEvents.counts();

  it('suggests questions on a first visit, and asks the one that is pressed', async () => {
    expect(await page.locator('#suggestions li').allTextContents()).toEqual([
      'Why is my VPN slow?',
      'How do I set up the VPN?',
    ]);
    await page.getByRole('button', { name: 'Why is my VPN slow?' }).click();
    await page.getByRole('button', { name: 'Good answer' }).waitFor();
    expect(await article().locator('h2').textContent()).toBe('Why is my VPN slow?');
    expect(await page.locator('#welcome').isVisible()).toBe(false);
    expect(problems).toEqual([]);
  });

  it('shows that it is looking at once, then the answer as it is released', async () => {
    chat.scripted.hold();
    await page.locator('#question').fill('Why?');
    await page.keyboard.press('Enter');
    await page.getByText('Looking through what was said').waitFor();
    chat.scripted.step();
    await page.getByText('The packets are too large').waitFor();
    expect(await article().getAttribute('aria-busy')).toBe('true');
    expect(await article().getByRole('button', { name: 'Good answer' }).count()).toBe(0);
    chat.scripted.step(2);
    await page.locator('article[aria-busy=false]').waitFor();
    expect(await article().locator('strong').textContent()).toBe('the guide');
    expect(await page.locator('#question').inputValue()).toBe('');
  });

  it('loaded again in the middle of an answer shows what was released, and goes on', async () => {
    chat.scripted.hold();
    await page.locator('#question').fill('Why?');
    await page.keyboard.press('Enter');
    chat.scripted.step();
    await page.getByText('The packets are too large').waitFor();
    await page.reload();
    await page.getByText('The packets are too large').waitFor();
    chat.scripted.step(2);
    await page.locator('article[aria-busy=false]').waitFor();
    expect(await article().locator('.text').textContent()).toMatch(/too large.*See the guide/);
  });

  it('opens a citation in its place, marks the words, and gives the keyboard back', async () => {
    await ask(page, 'Why?');
    const cite = page.getByRole('button', { name: 'Source 1: #ops · VPN on Linux' }).first();
    await cite.click();
    const panel = page.locator('#panel');
    await panel.locator('mark').first().waitFor();
    expect((await panel.locator('mark').allTextContents()).join('')).toBe(
      'Set MTU = 1380 in the configuration and start it again.',
    );
    expect(await panel.locator('.passage').count()).toBe(3);
    expect(await panel.locator('.speaker').allTextContents()).toEqual(['Tom:', 'Mara Lind:', 'Mara Lind:', 'Tom:']);
    const original = panel.getByRole('link', { name: 'Open the original' });
    expect(await original.getAttribute('href')).toBe('https://harbour.slack.com/archives/C1/p1');
    expect(await original.getAttribute('rel')).toContain('noopener');
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Source 1: #ops · VPN on Linux');
  });

  it('says so when a passage cannot be read any more', async () => {
    await ask(page, 'Why?');
    await chat.harbour.close();
    await page.getByRole('button', { name: /^Source 1/ }).click();
    await page.getByText('This passage cannot be read any more').waitFor();
    expect(await page.locator('#panel').textContent()).not.toContain('MTU');
  });

  it('says "Saved" only when the server has the vote, and takes it back when pressed again', async () => {
    await ask(page, 'Why?');
    const up = page.getByRole('button', { name: 'Good answer' });
    let confirm = () => {};
    const confirmed = new Promise<void>((resolve) => {
      confirm = resolve;
    });
    let arrived = () => {};
    const held = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await page.route('**/vote', async (route) => {
      arrived();
      await confirmed;
      await route.continue();
    });
    await up.click();
    await held;
    expect(await page.locator('.saved').textContent()).toBe('');
    expect(await up.getAttribute('aria-pressed')).toBe('false');
    confirm();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await up.getAttribute('aria-pressed')).toBe('true');
    expect((await kept()).up).toBe(1);
    await up.click();
    await page.getByText('Taken back').waitFor();
    expect((await kept()).up).toBe(0);
  });

  it('says so when a vote did not arrive', async () => {
    await ask(page, 'Why?');
    await page.route('**/vote', (route) => route.abort());
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.getByText('Not saved.').waitFor();
    expect(await page.getByRole('button', { name: 'Good answer' }).getAttribute('aria-pressed')).toBe('false');
  });

  it('asks what it should have said after a thumb down, and keeps it over a reload', async () => {
    await ask(page, 'Why?');
    await page.getByRole('button', { name: 'Bad answer' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'What should it have said?' }).click();
    const dialog = page.getByRole('dialog', { name: 'What should it have said?' });
    await dialog.getByRole('textbox').fill('Set the MTU to 1380.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Thank you.').waitFor();
    expect(await kept()).toEqual({ up: 0, down: 1, corrections: 1 });
    await page.reload();
    await page.getByRole('button', { name: 'Change your correction' }).click();
    expect(await dialog.getByRole('textbox').inputValue()).toBe('Set the MTU to 1380.');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
  });

  it('keeps a correction that was refused, and says why', async () => {
    await ask(page, 'Why?');
    await page.getByRole('button', { name: 'What should it have said?' }).click();
    await page.getByRole('textbox', { name: 'The right answer' }).fill('a'.repeat(20_001));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Shorten it.').waitFor();
    expect(await page.getByRole('textbox', { name: 'The right answer' }).inputValue()).toHaveLength(20_001);
  });

  it('keeps a question that did not arrive, and asks it once however often it is sent', async () => {
    let tries = 0;
    await page.route('**/api/questions', async (route) => {
      // The first time the answer is lost on its way back: the server has the question already.
      if (++tries === 1) await route.fetch().then(() => route.abort());
      else await route.continue();
    });
    await page.locator('#question').fill('Why?');
    await page.keyboard.press('Enter');
    await page.getByText('Backscroll cannot be reached').waitFor();
    expect(await page.locator('#question').inputValue()).toBe('Why?');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('article[aria-busy=false]').waitFor();
    expect(await article().count()).toBe(1);
    expect(chat.scripted.requests).toHaveLength(1);
    expect(await page.locator('#trouble').textContent()).toBe('');
  });

  it('says in the server’s words why a question is refused', async () => {
    await page.locator('#question').fill('a'.repeat(501));
    await page.keyboard.press('Enter');
    await page.getByText('at most 500 characters are allowed').waitFor();
    expect(await page.locator('#question').inputValue()).toHaveLength(501);
    expect(await page.locator('#welcome').isVisible()).toBe(true);
  });

  it('says how to get in again when the session has ended, what to type as such, and keeps the question', async () => {
    await page.context().clearCookies();
    await page.locator('#question').fill('Why?');
    await page.keyboard.press('Enter');
    expect(await page.locator('#trouble code').textContent()).toBe('npx backscroll open');
    expect(await page.locator('#trouble').textContent()).not.toContain('`');
    expect(await page.locator('#question').inputValue()).toBe('Why?');
    await page.goto(chat.link());
    await page.locator('#status span').first().waitFor();
  });

  it('shows an answer that failed with a way to ask again', async () => {
    chat.scripted.says({ pieces: ['The model is down.'], status: 'failed' });
    await ask(page, 'Why?');
    expect(await article().getByRole('button', { name: 'Good answer' }).count()).toBe(0);
    chat.scripted.says({ pieces: ['Because.'] });
    await article().getByRole('button', { name: 'Ask again' }).click();
    await page.getByText('Because.').waitFor();
    expect(await article().count()).toBe(2);
  });

  it('keeps conversations apart, lists them, and finds them again by address and Back', async () => {
    await ask(page, 'First?');
    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await page.locator('#welcome').waitFor();
    await ask(page, 'Second?');
    const links = page.locator('#threads a');
    await links.nth(1).waitFor();
    expect((await links.allTextContents()).sort()).toEqual(['First?', 'Second?']);
    await page.getByRole('link', { name: 'First?' }).click();
    await page.getByRole('heading', { name: 'First?' }).waitFor();
    expect(await article().count()).toBe(1);
    await page.goBack();
    await page.getByRole('heading', { name: 'Second?' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Second?' }).waitFor();
    expect(await page.locator('#threads a[aria-current=page]').textContent()).toBe('Second?');
  });

  it('leads to the trace', async () => {
    await ask(page, 'Why?');
    const [trace] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Why this answer?' }).click(),
    ]);
    await trace.getByRole('heading', { name: 'Why this answer?' }).waitFor();
    expect(await trace.locator('.asked').textContent()).toBe('Why?');
  });

  it('sends with Enter, breaks the line with Shift and Enter, and begins in the box', async () => {
    await page.keyboard.type('One');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    expect(await page.locator('#question').inputValue()).toBe('One\ntwo');
    await page.keyboard.press('Enter');
    await page.locator('article[aria-busy=false]').waitFor();
    expect(await article().locator('h2').textContent()).toBe('One\ntwo');
  });

  it('looks in the space that is chosen', async () => {
    await page.getByLabel('Look in').selectOption('Guide');
    await ask(page, 'Why?');
    expect(chat.scripted.requests[0]?.reader).toEqual({ kind: 'everybody', spaces: ['local:guide'] });
  });

  it('shows markup and scripts as the text that they are, wherever they come from', async () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    chat.scripted.says({
      pieces: [`${evil} [go](javascript:alert(3)) <javascript:alert(4)> ![x](https://evil.example/pixel.png) [1]`],
      citations: [{ ...chat.harbour.vpn, title: evil, url: 'javascript:alert(5)' }],
    });
    await ask(page, evil);
    expect(await article().locator('h2').textContent()).toBe(evil);
    expect(await article().locator('.text').textContent()).toContain(evil);
    expect(await article().locator('img, script, iframe, [onerror]').count()).toBe(0);
    const found = await article().locator('.text a, .sources a').all();
    const links = await Promise.all(found.map((link) => link.getAttribute('href')));
    expect(links).toEqual(['https://evil.example/pixel.png']);
    expect(problems).toEqual([]);
  });

  it('opens from a link on another site, when the browser keeps back our cookie', async () => {
    // Another site to the browser: localhost is not 127.0.0.1.
    const elsewhere = chat.url.replace('127.0.0.1', 'localhost');
    const other = await newPage(browser);
    await other.page.route(`${elsewhere}/elsewhere`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${chat.link()}">open</a>` }),
    );
    await other.page.goto(`${elsewhere}/elsewhere`);
    await other.page.getByText('open').click();
    await other.page.locator('#question').waitFor();
    await other.close();
  });
});
