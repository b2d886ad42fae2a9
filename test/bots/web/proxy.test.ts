import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from '../../../tools/browser/launchBrowser.ts';
import { ask, newPage } from './inBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

const PUBLIC = 'https://ask.example.com';

describe('behind a proxy that speaks HTTPS', () => {
  let chat: RunningWebChat;
  let port: string;
  beforeAll(async () => {
    chat = await startWebChat({ publicUrl: PUBLIC });
    port = new URL(chat.url).port;
  });
  afterAll(() => chat.stop());

  it('makes links with its address, and a cookie for TLS only', async () => {
    const link = new URL(chat.link());
    expect(link.origin).toBe(PUBLIC);
    const opened = await chat.stranger().get(`/${link.search}`, { host: 'ask.example.com', 'sec-fetch-site': 'none' });
    expect(opened.status).toBe(303);
    expect(opened.headers['set-cookie']?.[0]).toMatch(/; Secure/);
  });

  it.each(['ask.example.com', 'ASK.example.com', 'ask.example.com:443', '127.0.0.1:PORT'])(
    'takes what the proxy hands on as %s, if it comes from the page',
    async (named) => {
      const browser = await chat.signedIn();
      const host = named.replace('PORT', port);
      const body = () => ({ id: crypto.randomUUID(), text: 'Hello?' });
      expect((await browser.get('/api/about', { host })).status).toBe(200);
      expect((await browser.post('/api/questions', body(), { host, origin: PUBLIC })).status).toBe(202);
      for (const origin of ['https://evil.example', 'http://ask.example.com', 'https://ask.example.com:444', 'null']) {
        expect((await browser.post('/api/questions', body(), { host, origin })).status).toBe(403);
      }
      await chat.respond.idle();
    },
  );

  it.each([
    'ask.example.com:80',
    'ask.example.com:PORT',
    'ask.example.com.evil.example',
    'x@ask.example.com',
    'example.com',
  ])('does not answer as %s', async (named) => {
    const browser = await chat.signedIn();
    expect((await browser.get('/api/about', { host: named.replace('PORT', port) })).status).toBeOneOf([400, 421]);
  });

  it('has no other name and no such cookie without being told', async () => {
    const plain = await startWebChat();
    const opened = await plain.stranger().open(plain.link());
    expect(opened.headers['set-cookie']?.[0]).not.toMatch(/Secure/);
    const browser = await plain.signedIn();
    expect((await browser.get('/api/about', { host: 'ask.example.com' })).status).toBe(421);
    await plain.stop();
  });
});

describe.runIf(!noBrowser)('behind a proxy, in a browser', () => {
  let stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const stop of stops.reverse()) await stop();
    stops = [];
  });

  it.each(['kept', 'replaced'])('the chat works when the name it was called by is %s', async (name) => {
    let backend = '';
    const proxy = await startProxy(() => backend, name === 'kept');
    stops.push(proxy.stop);
    const chat = await startWebChat({ publicUrl: proxy.url });
    stops.push(chat.stop);
    backend = chat.url;
    const browser = await launchBrowser();
    stops.push(() => browser.close());
    chat.scripted.says({ pieces: ['Through the proxy.'] });
    const { page, problems } = await newPage(browser);
    await page.goto(chat.link());
    expect(page.url()).toBe(`${proxy.url}/`);
    await page.locator('#status span').first().waitFor();
    await ask(page, 'Does it work?');
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });
});

/** Hands everything on, as nginx or Caddy would. */
async function startProxy(backend: () => string, keepsHost: boolean) {
  const server: Server = createServer((asked, answer) => {
    const to = new URL(asked.url ?? '/', backend());
    const headers = keepsHost ? asked.headers : { ...asked.headers, host: to.host };
    const passed = request(to, { method: asked.method ?? 'GET', headers, agent: false }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
