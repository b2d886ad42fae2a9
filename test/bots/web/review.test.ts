import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReviewItem, ReviewVerdict } from '../../../src/feedback/review/createReview.ts';
import { launchBrowser, noBrowser } from '../../../tools/browser/launchBrowser.ts';
import { createBrowser } from './httpBrowser.ts';
import { expectAccessible, newPage } from './inBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

const doubt = (answerId: string): ReviewItem => ({
  ...{ answerId, askedAt: '2026-01-01T00:00:00.000Z', question: `What about ${answerId}?`, answer: 'That <b>one</b>.' },
  ...{ why: 'too few voters', up: 1, down: 0, reasons: [], corrections: [], proposal: 'good', passages: [] },
});

let chat: RunningWebChat;
let decided: [string, ReviewVerdict][];
beforeEach(async () => {
  decided = [];
  chat = await startWebChat({
    review: {
      list: async () => ({ total: 2, items: [doubt('a1'), doubt('a2')] }),
      decide: async (answerId, verdict) => void decided.push([answerId, verdict]),
    },
  });
});
afterEach(() => chat.stop());

describe('the operator’s page', () => {
  it('is closed to strangers and to whoever only chats', async () => {
    for (const browser of [chat.stranger(), await chat.signedIn()]) {
      expect((await browser.get('/review')).status).toBe(403);
      expect([401, 403]).toContain((await browser.get('/api/review')).status);
      expect([401, 403]).toContain((await browser.put('/api/review/a1', { decision: 'good' })).status);
    }
    expect(decided).toEqual([]);
  });

  it('opens by a link of its own, once; a link to the chat does not open it', async () => {
    const link = chat.web.reviewLink();
    const operator = createBrowser(chat.url);
    await operator.open(link);
    expect((await operator.get('/api/review')).json).toMatchObject({ total: 2 });
    expect((await operator.put('/api/review/a1', { decision: 'good' })).status).toBe(200);
    expect((await operator.put('/api/review/a1', { decision: 'whatever' })).status).toBe(400);
    expect(decided).toEqual([['a1', { decision: 'good' }]]);
    const other = createBrowser(chat.url);
    await other.open(link).catch(() => {});
    expect((await other.get('/api/review')).status).toBe(401);
    const chatting = createBrowser(chat.url);
    await chatting.open(chat.link().replace('/?', '/review?')).catch(() => {});
    expect((await chatting.get('/api/review')).status).toBe(401);
  });

  it.runIf(!noBrowser)('shows one after the other, takes markup as text, and keeps what is pressed', async () => {
    const browser = await launchBrowser();
    const { page, problems, close } = await newPage(browser);
    try {
      await page.goto(chat.web.reviewLink());
      await page.getByText('2 answers wait for a decision.').waitFor();
      expect(await page.locator('section').first().locator('.answered').textContent()).toBe('That <b>one</b>.');
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Agree: the answer is good' }).first().click();
      await page.getByText('One answer waits for a decision.').waitFor();
      expect(decided).toEqual([['a1', { decision: 'good' }]]);
      expect(problems).toEqual([]);
    } finally {
      await close();
      await browser.close();
    }
  });
});
