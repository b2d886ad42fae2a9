import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('who may open the web chat', () => {
  let chat: RunningWebChat;
  beforeEach(async () => {
    chat = await startWebChat();
  });
  afterEach(() => chat.stop());

  it('is whoever opens the link, which leads on to the page without the token', async () => {
    const browser = chat.stranger();
    const opened = await browser.open(chat.link());
    expect(opened.status).toBe(303);
    expect(opened.headers.location).toBe('/');
    const page = await browser.get('/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<textarea id="question"');
  });

  it('gives a cookie that scripts and other sites never get', async () => {
    const opened = await chat.stranger().open(chat.link());
    const [cookie] = opened.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^backscroll_\d+=[\w-]{43};/);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000']) {
      expect(cookie).toContain(attribute);
    }
  });

  it('a link works once', async () => {
    const link = chat.link();
    await chat.stranger().open(link);
    const second = await chat.stranger().open(link);
    expect(second.status).toBe(401);
    expect(second.text).toContain('npx backscroll open');
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('a link opened again in the browser that has it leads to the chat', async () => {
    const link = chat.link();
    const browser = chat.stranger();
    await browser.open(link);
    expect((await browser.open(link)).status).toBe(303);
  });

  it('a link works for an hour', async () => {
    const link = chat.link();
    chat.pass(HOUR_MS);
    expect((await chat.stranger().open(link)).status).toBe(401);
  });

  it('a browser that looks ahead does not use up the link', async () => {
    const link = new URL(chat.link());
    const ahead = await chat
      .stranger()
      .get(link.pathname + link.search, { 'sec-purpose': 'prefetch;prerender', 'sec-fetch-site': 'none' });
    expect(ahead.status).toBe(503);
    expect((await chat.stranger().open(link.href)).status).toBe(303);
  });

  it('an invented token opens nothing', async () => {
    expect((await chat.stranger().open(`${chat.url}/?token=aaaa`)).status).toBe(401);
    expect((await chat.stranger().open(`${chat.url}/?token=`)).status).toBe(401);
  });

  it('nobody else: the page says in one sentence how to get in', async () => {
    const page = await chat.stranger().get('/', { accept: 'text/html', 'sec-fetch-site': 'none' });
    expect(page.status).toBe(401);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('npx backscroll open');
  });

  it.each([
    ['GET', '/api/about'],
    ['GET', '/api/threads'],
    ['GET', '/api/threads/x/events'],
    ['POST', '/api/questions'],
    ['PUT', '/api/answers/x/vote'],
    ['GET', '/page/main.js'],
  ])('nor any request: %s %s', async (method, path) => {
    const refused = await chat.stranger().call(method, path, method === 'GET' ? undefined : {});
    expect(refused.status).toBe(401);
    expect(refused.json.error).toContain('npx backscroll open');
  });

  it('a cookie that was made up is nobody', async () => {
    const browser = chat.stranger();
    browser.cookies.set(`backscroll_${new URL(chat.url).port}`, 'A'.repeat(43));
    expect((await browser.get('/api/about')).status).toBe(401);
  });

  it('a session ends when it was not used for its days, and lives on when it was', async () => {
    const browser = await chat.signedIn();
    chat.pass(29 * DAY_MS);
    expect((await browser.get('/')).headers['set-cookie']?.[0]).toContain('Max-Age=2592000');
    chat.pass(29 * DAY_MS);
    expect((await browser.get('/api/about')).status).toBe(200);
    chat.pass(31 * DAY_MS);
    expect((await browser.get('/api/about')).status).toBe(401);
  });

  it('whoever follows a link on another site is sent on from a page of ours, which brings the cookie', async () => {
    const page = await chat.stranger().get('/', { accept: 'text/html', 'sec-fetch-site': 'cross-site' });
    expect(page.status).toBe(200);
    expect(page.text).toContain('content="0;url=/?again"');
    const again = await chat.stranger().get('/?again', { accept: 'text/html', 'sec-fetch-site': 'cross-site' });
    expect(again.status).toBe(401);
  });

  it('keeps people apart: what one asks another cannot see, vote on or open', async () => {
    chat.scripted.says({ pieces: ['Set it [1].'], citations: [chat.harbour.vpn] });
    const mine = await chat.signedIn();
    const other = await chat.signedIn();
    const { threadId } = await mine.ask('Why is it slow?');
    await chat.respond.idle();
    const answerId = (await mine.get(`/api/threads/${threadId}`)).json.questions[0].answer.id;

    expect((await other.get('/api/threads')).json.threads).toEqual([]);
    const event = { eventId: crypto.randomUUID() };
    const replies = await Promise.all([
      other.get(`/api/threads/${threadId}`),
      other.get(`/api/answers/${answerId}/trace`),
      other.get(`/api/answers/${answerId}/citations/1`),
      other.get(`/trace/${answerId}`),
      other.put(`/api/answers/${answerId}/vote`, { ...event, value: 'up' }),
      other.post(`/api/answers/${answerId}/correction`, { ...event, text: 'No.' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await chat.store.feedbackEvents.counts()).up).toBe(0);
    // The same thread id in another hand is another thread.
    await other.ask('Mine.', { threadId });
    await chat.respond.idle();
    expect((await mine.get(`/api/threads/${threadId}`)).json.questions).toHaveLength(1);
  });
});
