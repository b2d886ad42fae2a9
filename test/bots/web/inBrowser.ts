import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RunningWebChat } from './startWebChat.ts';

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

/** Every rule of axe-core holds on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const broken = await page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))`,
  );
  expect(broken).toEqual([]);
}
