import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { launchBrowser, noBrowser } from '../../../tools/browser/launchBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A page of a new browser profile, and all that went wrong in it. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, problems, close: () => context.close() };
}

/** Opens the chat by a one-time link. */
export async function openChat(chat: RunningWebChat, page: Page): Promise<void> {
  await page.goto(chat.link());
  await page.locator('#status span').first().waitFor();
}

/** Asks by keyboard, and waits for the finished answer. */
export async function ask(page: Page, text: string): Promise<void> {
  const before = await page.locator('article[aria-busy=false]').count();
  await page.locator('#question').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('article[aria-busy=false]').nth(before).waitFor();
}

/** What an expression on `one` gives for each element of the selector. */
export function eachOf<T>(page: Page, selector: string, expression: string): Promise<T[]> {
  return page.evaluate<T[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => ${expression})`);
}

/** Every rule of axe-core holds on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const broken = await page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))`,
  );
  expect(broken).toEqual([]);
}

export interface Visit {
  chat: RunningWebChat;
  browser: Browser;
  page: Page;
  problems: string[];
}

/**
 * Tests on the open chat: `visit` is filled anew for each with a page of a profile of its own; the chat, whose answer
 * cites what `fillHarbour` made, is theirs together. Nothing may go wrong in any page.
 */
export function describeVisit(name: string, look: BrowserContextOptions, tests: (visit: Visit) => void): void {
  describe.runIf(!noBrowser)(name, () => {
    const visit = {} as Visit;
    let close: () => Promise<void>;
    beforeAll(async () => {
      visit.browser = await launchBrowser();
      visit.chat = await startWebChat();
    });
    afterAll(async () => {
      await visit.browser.close();
      await visit.chat.stop();
    });
    beforeEach(async () => {
      const { vpn, setup, chapter } = visit.chat.harbour;
      visit.chat.scripted.says({
        pieces: ['The packets are too large [1]. ', 'See **the guide** [2] and the manual [3].'],
        citations: [vpn, setup, chapter],
      });
      ({ page: visit.page, problems: visit.problems, close } = await newPage(visit.browser, look));
      await openChat(visit.chat, visit.page);
    });
    afterEach(async () => {
      expect(visit.problems).toEqual([]);
      await close();
    });
    tests(visit);
  });
}
