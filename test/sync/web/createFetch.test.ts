import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllowHosts } from '../../../src/sync/web/allowHosts.ts';
import { createFetch, type FetchDeps } from '../../../src/sync/web/createFetch.ts';
import type { Fetched, FetchOrder } from '../../../src/sync/web/Fetch.ts';
import {
  bomb,
  endless,
  garbage,
  mute,
  promising,
  redirectTo,
  silent,
  talkative,
} from '../../fakes/web/hostilePages.ts';
import { type FakeWeb, startFakeWeb } from '../../fakes/web/startFakeWeb.ts';
import { createHandTiming } from './handTiming.ts';

const bounds = { maxBytes: 200_000, maxRedirects: 5, totalMs: 30_000, idleMs: 10_000 };
const signal = new AbortController().signal;

let web: FakeWeb;
let closing: (() => Promise<void>)[];
beforeEach(async () => {
  web = await startFakeWeb();
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  await web.stop();
});

function open(more: Partial<FetchDeps> = {}) {
  const allowHosts = parseAllowHosts(web.allow('docs.example', 'other.example'));
  const { fetch, close } = createFetch({ allowHosts, bounds, resolve: web.resolve, ...more });
  closing.push(close);
  return (path: string, order: Partial<FetchOrder> = {}) =>
    fetch({ url: web.at('docs.example', path), signal, ...order });
}

const text = (fetched: Fetched) => (fetched.status === 'ok' ? new TextDecoder().decode(fetched.bytes) : fetched.status);

describe('the fetcher', () => {
  it('gets a page, and says truly who asks', async () => {
    web.put(web.at('docs.example', '/guide'), '<p>Welcome</p>');
    const fetched = await open()('/guide#part');
    expect(fetched).toMatchObject({ status: 'ok', url: web.at('docs.example', '/guide'), movedForGood: false });
    expect(text(fetched)).toBe('<p>Welcome</p>');
    expect(web.requests[0]?.headers['user-agent']).toMatch(/^backscroll\/\d+\.\d+\.\d+ /);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['gzip, br', (body: Buffer) => brotliCompressSync(gzipSync(body))],
  ])('unpacks %s', async (encoding, pack) => {
    const body = pack(Buffer.from('<p>Packed well</p>'));
    web.put(web.at('docs.example'), { headers: { 'content-encoding': encoding }, body });
    expect(text(await open()('/'))).toBe('<p>Packed well</p>');
  });

  it('asks with what it knows, and hears that nothing has changed', async () => {
    web.put(web.at('docs.example', '/a'), { body: 'A', etag: '"v1"' });
    web.put(web.at('docs.example', '/b'), { body: 'B', lastModified: 'Thu, 01 Oct 2026 00:00:00 GMT' });
    const fetch = open();
    for (const path of ['/a', '/b']) {
      const first = await fetch(path);
      if (first.status !== 'ok') throw new Error(first.status);
      const { url, etag, lastModified } = first;
      const known = { url, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
      expect(await fetch(path, { known })).toEqual({ status: 'unchanged' });
    }
  });

  it('does not show one address what another one said', async () => {
    web.put(web.at('docs.example', '/a'), { body: 'A', etag: '"v1"' });
    const known = { url: web.at('docs.example', '/before'), etag: '"v1"' };
    expect(text(await open()('/a', { known }))).toBe('A');
    expect(web.requests[0]?.headers['if-none-match']).toBeUndefined();
  });

  it('follows redirects, and tells those for good from those for now', async () => {
    web.put(web.at('docs.example', '/old'), redirectTo('/new', 301));
    web.put(web.at('docs.example', '/now'), redirectTo(web.at('other.example', '/new'), 302));
    web.put(web.at('docs.example', '/new'), 'Here');
    web.put(web.at('other.example', '/new'), 'There');
    expect(await open()('/old')).toMatchObject({ url: web.at('docs.example', '/new'), movedForGood: true });
    expect(await open()('/now')).toMatchObject({ url: web.at('other.example', '/new'), movedForGood: false });
  });

  it('tells what is gone, and who asks to come later', async () => {
    web.put(web.at('docs.example', '/410'), { status: 410 });
    web.put(web.at('docs.example', '/503'), { status: 503, headers: { 'retry-after': '120' } });
    web.put(web.at('docs.example', '/429'), {
      status: 429,
      headers: { 'retry-after': 'Thu, 01 Oct 2026 00:01:00 GMT' },
    });
    const fetch = open({ timing: createHandTiming() });
    expect(await fetch('/404')).toEqual({ status: 'gone', code: 404 });
    expect(await fetch('/410')).toEqual({ status: 'gone', code: 410 });
    expect(await fetch('/503')).toEqual({ status: 'later', code: 503, retryAfterMs: 120_000 });
    expect(await fetch('/429')).toEqual({ status: 'later', code: 429, retryAfterMs: 60_000 });
  });

  it('gives the beginning of what is too long, where that is wanted', async () => {
    web.put(web.at('docs.example', '/endless'), endless);
    const fetched = await open()('/endless', { cut: true, maxBytes: 1_000 });
    expect(fetched.status === 'ok' && fetched.bytes.length).toBe(1_000);
  });
});

describe('against servers that mean harm', () => {
  const within = { code: 'input', message: expect.stringContaining('longer than') };

  it('does not read a page that never ends', async () => {
    web.put(web.at('docs.example', '/endless'), endless);
    await expect(open()('/endless')).rejects.toMatchObject(within);
  });

  it.each(['gzip', 'br', 'zstd', 'gzip, gzip'] as const)('does not unpack a bomb of %s', async (encoding) => {
    web.put(web.at('docs.example', '/bomb'), bomb(encoding, 50_000_000));
    await expect(open()('/bomb')).rejects.toMatchObject(within);
  });

  it('does not begin what promises to be too long, and is not deceived by too small a promise', async () => {
    web.put(web.at('docs.example', '/much'), promising(10_000_000, 'x'));
    web.put(web.at('docs.example', '/short'), promising(3, 'a great deal more than three'));
    web.put(web.at('docs.example', '/long'), promising(1_000, 'less'));
    await expect(open()('/much')).rejects.toMatchObject({ code: 'input', message: expect.stringContaining('9.5 MB') });
    await expect(open()('/long')).rejects.toMatchObject({ code: 'unavailable' });
    const short = await open()('/short').catch((error: { code: string }) => error.code);
    expect([`a g`, 'unavailable']).toContain(typeof short === 'string' ? short : text(short));
  });

  it('refuses what is packed three times, in an unknown way, or not as it says', async () => {
    const put = (path: string, encoding: string) =>
      web.put(web.at('docs.example', path), { headers: { 'content-encoding': encoding }, body: 'plain' });
    put('/thrice', 'gzip, gzip, gzip');
    put('/odd', 'compress');
    put('/lie', 'gzip');
    for (const path of ['/thrice', '/odd', '/lie']) await expect(open()(path)).rejects.toMatchObject({ code: 'input' });
  });

  it('leaves a circle of redirects, and one that never ends', async () => {
    web.put(web.at('docs.example', '/a'), redirectTo('/b'));
    web.put(web.at('docs.example', '/b'), redirectTo('/a'));
    for (let i = 0; i < 20; i++) web.put(web.at('docs.example', `/${i}`), redirectTo(`/${i + 1}`));
    web.put(web.at('docs.example', '/nowhere'), { status: 302 });
    for (const path of ['/a', '/0', '/nowhere']) await expect(open()(path)).rejects.toMatchObject({ code: 'refused' });
    expect(web.requests.length).toBeLessThan(12);
  });

  it.each([
    ['sends headers and then nothing', silent, bounds.idleMs, 'nothing came for 10 seconds'],
    ['does not even send headers', mute, bounds.idleMs, 'nothing came for 10 seconds'],
  ])('gives up one that %s', async (_, page, afterMs, sentence) => {
    const timing = createHandTiming();
    web.put(web.at('docs.example', '/slow'), page);
    const fetching = open({ timing })('/slow');
    const refused = expect(fetching).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(sentence),
    });
    await until(() => web.requests.length === 1);
    await timing.pass(afterMs);
    await refused;
  });

  it('gives up one that sends a byte now and then, for ever', async () => {
    const timing = createHandTiming();
    let drip = () => {};
    web.put(web.at('docs.example', '/drip'), (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      drip = () => response.write('x');
    });
    let over = false;
    const refused = expect(open({ timing })('/drip').finally(() => (over = true))).rejects.toMatchObject({
      message: expect.stringContaining('longer than 30 seconds'),
    });
    await until(() => web.requests.length === 1);
    for (let passed = 0; passed < 60 && !over; passed++) {
      drip();
      await timing.pass(1_000);
    }
    await refused;
  });

  it('gives up a resolver that does not answer', async () => {
    const timing = createHandTiming();
    const fetching = open({ timing, resolve: () => new Promise(() => {}) })('/');
    const refused = expect(fetching).rejects.toMatchObject({ code: 'unavailable' });
    await timing.pass(bounds.totalMs);
    await refused;
  });

  it('bounds headers, and names what is no HTTP, no answer, or no name', async () => {
    web.put(web.at('docs.example', '/headers'), talkative);
    web.put(web.at('docs.example', '/garbage'), garbage);
    const unavailable = (sentence: string) => ({ code: 'unavailable', message: expect.stringContaining(sentence) });
    await expect(open()('/headers')).rejects.toMatchObject(unavailable('headers'));
    await expect(open()('/garbage')).rejects.toMatchObject({ code: 'unavailable' });
    const noName = async () => Promise.reject(new Error('ENOTFOUND'));
    await expect(open({ resolve: noName })('/')).rejects.toMatchObject(unavailable('cannot be resolved'));
    const closed = { url: 'http://localhost:9/', signal };
    const { fetch, close } = createFetch({
      bounds,
      allowHosts: parseAllowHosts(['localhost:9']),
      resolve: web.resolve,
    });
    closing.push(close);
    await expect(fetch(closed)).rejects.toMatchObject(unavailable('nobody answers there'));
  });

  it('stops when nobody waits any more, with their reason', async () => {
    web.put(web.at('docs.example', '/slow'), silent);
    const nobody = new AbortController();
    const stopped = expect(open()('/slow', { signal: nobody.signal })).rejects.toThrow('never mind');
    await until(() => web.requests.length === 1);
    nobody.abort(new Error('never mind'));
    await stopped;
  });
});

/** Waits for what happens on the wire, not for time. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => setImmediate(resolve));
}
