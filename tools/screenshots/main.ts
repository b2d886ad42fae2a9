import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../browser/launchBrowser.ts';
import { smallerPng } from './smallerPng.ts';
import { startSample } from './startSample.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const DESK: BrowserContextOptions = { viewport: { width: 1200, height: 800 }, locale: 'en-GB' };
const PHONE: BrowserContextOptions = { ...DESK, viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };

const LOOK_AGAIN_MS = 300;
/** A README should open fast. */
const MOST_BYTES = 110_000;

const QUESTIONS = [
  'How do I set up the VPN on a Linux laptop?',
  'What is the limit for meals when I’m on a work trip?',
  'What was the cause of the double bookings in August?',
  'How long does a hold last when the passenger does not pay?',
];

mkdirSync(FOLDER, { recursive: true });
const backscroll = await startSample();
const browser = await launchBrowser();
try {
  const state = await signIn(browser, backscroll.link);
  await picture(state, 'chat-light', DESK, async (page) => {
    await openQuestion(page, 3);
    await page
      .getByRole('button', { name: /^Source \d+: seat-inventory/ })
      .first()
      .click();
    await page.locator('#panel mark').first().waitFor();
  });
  await picture(state, 'chat-dark', { ...DESK, colorScheme: 'dark' }, async (page) => {
    await openQuestion(page, 0);
    await page.locator('button.cite').first().hover();
    await page.locator('#preview mark').first().waitFor();
  });
  await picture(state, 'phone', PHONE, (page) => openQuestion(page, 1));
  await picture(state, 'trace', DESK, async (page) => {
    await openQuestion(page, 3);
    const address = await page.getByRole('link', { name: 'Why this answer?' }).getAttribute('href');
    await page.goto(new URL(address as string, page.url()).href);
    await page.locator('.picture').waitFor();
  });
  await picture(state, 'sources', DESK, async (page) => {
    await page.goto(new URL('/sources', page.url()).href);
    await page.locator('.fresh[data-age]').first().waitFor();
  });
} finally {
  await browser.close();
  await backscroll.stop();
}

interface SignedIn {
  readonly browser: Browser;
  readonly url: string;
  readonly storageState: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;
}

/** Opens the link, waits for the sample to be in, and asks what the pictures show. */
async function signIn(browser: Browser, link: string): Promise<SignedIn> {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await page.goto(link);
  while (!(await sampleIsIn(page))) await setTimeout(LOOK_AGAIN_MS);
  for (const [i, question] of QUESTIONS.entries()) {
    if (i > 0) await page.getByRole('button', { name: 'New conversation' }).first().click();
    await page.locator('#question').fill(question);
    await page.keyboard.press('Enter');
    await page.locator('article[aria-busy=false]').waitFor();
  }
  const url = new URL(page.url()).origin;
  const storageState = await context.storageState();
  await context.close();
  return { browser, url, storageState };
}

/** The sample comes in two imports, and there is a moment between them. */
async function sampleIsIn(page: Page): Promise<boolean> {
  const get = (path: string) => page.request.get(new URL(path, page.url()).href);
  const sources = await (await get('/sources')).text();
  const both = ['#support', 'documents'].every((name) => sources.includes(`data-name="${name}"`));
  const { status } = (await (await get('/api/about')).json()) as About;
  return both && !status.importing && status.passages > 0;
}

interface About {
  readonly status: { readonly importing: boolean; readonly passages: number };
}

async function picture(
  { browser, url, storageState }: SignedIn,
  name: string,
  look: BrowserContextOptions,
  prepare: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext({ ...look, storageState });
  const page = await context.newPage();
  await page.goto(url);
  await prepare(page);
  const png = smallerPng(await page.screenshot({ animations: 'disabled' }));
  if (png.length > MOST_BYTES) throw new Error(`${name}.png has ${png.length} bytes; ${MOST_BYTES} are allowed.`);
  writeFileSync(join(FOLDER, `${name}.png`), png);
  await context.close();
  console.log(`docs/screenshots/${name}.png`);
}

async function openQuestion(page: Page, at: number) {
  const name = QUESTIONS[at] as string;
  const address = await page.getByRole('link', { name, includeHidden: true }).getAttribute('href');
  await page.goto(new URL(address as string, page.url()).href);
  await page.locator('article[aria-busy=false]').waitFor();
}
