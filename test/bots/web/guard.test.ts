import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpBrowser } from './httpBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

describe('what the web chat refuses', () => {
  let chat: RunningWebChat;
  let browser: HttpBrowser;
  let port: string;
  beforeAll(async () => {
    chat = await startWebChat();
    browser = await chat.signedIn();
    port = new URL(chat.url).port;
  });
  afterAll(() => chat.stop());

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', 'localhost:1', '[::1'])(
    'a request that is addressed to %j, which may be a name that was bent to this machine',
    async (host) => {
      const named = host.includes(':') ? host : `${host}:${port}`;
      const refused = await browser.get('/api/about', { host: named });
      expect([400, 421]).toContain(refused.status);
      expect(refused.text).not.toContain('suggestions');
    },
  );

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('but not one to %s', async (name) => {
    expect((await browser.get('/api/about', { host: `${name}:${port}` })).status).toBe(200);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['another name of ours', { origin: 'http://localhost:PORT' }],
    ['no origin', { origin: undefined }],
    ['the origin "null"', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port, as the browser says', { 'sec-fetch-site': 'same-site' }],
  ])('to change anything for %s', async (_, headers) => {
    const before = chat.accepted();
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value?.replace('PORT', port)]),
    );
    const body = { id: crypto.randomUUID(), text: 'Hello?' };
    const refused = await browser.post('/api/questions', body, sent);
    expect(refused.status).toBe(403);
    expect(refused.json.error).toMatch(/another page/);
    expect(chat.accepted()).toBe(before);
  });

  it('to show what it knows to another site', async () => {
    expect((await browser.get('/api/threads', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await browser.get('/api/threads', { 'sec-fetch-site': 'same-site' })).status).toBe(403);
  });

  it('anything but its own scripts and styles, in every response', async () => {
    const replies = await Promise.all([
      browser.get('/'),
      browser.get('/page/main.js'),
      browser.get('/api/about'),
      browser.get('/nothing'),
      chat.stranger().get('/'),
    ]);
    for (const { headers } of replies) {
      const policy = String(headers['content-security-policy']);
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]) {
        expect(policy.split('; ').map((part) => part.replace(/;$/, ''))).toContain(rule);
      }
      expect(policy).not.toMatch(/unsafe|https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-powered-by']).toBeUndefined();
    }
    expect(replies[2]?.headers['cache-control']).toBe('no-store');
  });

  it('files that are not of the page', async () => {
    for (const path of [
      '/page/../createWebChat.ts',
      '/page/%2e%2e/createWebChat.ts',
      '/page/..%2fviews.ts',
      '/page/',
    ]) {
      expect((await browser.get(path)).status).toBe(404);
    }
  });

  it('a body that is too large, before it is read', async () => {
    const body = { id: crypto.randomUUID(), text: 'a'.repeat(1_000_000) };
    const refused = await browser.post('/api/questions', body);
    expect(refused.status).toBe(413);
    expect(refused.json.error).toBe(
      'This question is too long: at most 500 characters are allowed. Please shorten it.',
    );
  });

  it.each([
    ['not JSON', '{'],
    ['no id', { text: 'Hello?' }],
    ['an id that is no uuid', { id: '../x', text: 'Hello?' }],
    ['something unknown', { id: crypto.randomUUID(), text: 'Hello?', reader: 'all' }],
    ['no text', { id: crypto.randomUUID(), text: ' \n' }],
  ])('a question with %s, in one sentence', async (_, body) => {
    const refused = await browser.post('/api/questions', body);
    expect(refused.status).toBe(400);
    expect(refused.json.error).toMatch(/^[^\n]{5,120}$/);
  });
});
