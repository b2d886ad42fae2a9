import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllowHosts } from '../../../src/sync/web/allowHosts.ts';
import { createFetch, type FetchDeps } from '../../../src/sync/web/createFetch.ts';
import { createProxyFor } from '../../../src/sync/web/proxies.ts';
import { type FakeWeb, startFakeWeb } from '../../fakes/web/startFakeWeb.ts';

const bounds = { maxBytes: 200_000, maxRedirects: 5, totalMs: 30_000, idleMs: 10_000 };
const signal = new AbortController().signal;

let web: FakeWeb;
let proxy: Server;
let asked: string[];
beforeEach(async () => {
  web = await startFakeWeb();
  asked = [];
  // Forwards to the web on this machine, whatever host is named, as a proxy with a view of its own does.
  proxy = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { pathname, host } = new URL(request.url ?? '');
    const upstream = connect(web.port, '127.0.0.1');
    upstream.write(`GET ${pathname} HTTP/1.1\r\nhost: ${host}:${web.port}\r\nconnection: close\r\n\r\n`);
    const pieces: Buffer[] = [];
    for await (const piece of upstream) pieces.push(piece as Buffer);
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(Buffer.concat(pieces).toString().split('\r\n\r\n').slice(1).join(''));
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterEach(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await web.stop();
});

async function through(url: string, more: Partial<FetchDeps> = {}, none?: string) {
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const proxyFor = createProxyFor({ http: address, https: address, ...(none ? { none } : {}) });
  const { fetch, close } = createFetch({ allowHosts: parseAllowHosts([]), bounds, proxyFor, ...more });
  const fetched = await fetch({ url, signal }).catch((error: { code: string }) => error.code);
  await close();
  return typeof fetched === 'string' ? fetched : fetched.status;
}

describe('a proxy of the environment', () => {
  it('is asked for public pages, though it stands inside itself', async () => {
    web.put(`http://docs.example:${web.port}/guide`, 'Through the proxy');
    expect(await through('http://docs.example/guide', { resolve: async () => ['93.184.216.34'] })).toBe('ok');
    expect(asked).toEqual(['GET http://docs.example/guide']);
    await through('https://docs.example/guide', { resolve: async () => ['93.184.216.34'] });
    expect(asked[1]).toBe('CONNECT docs.example:443');
  });

  it('is not asked for what leads inward', async () => {
    for (const url of [
      'http://10.0.0.1/',
      'http://2130706433/',
      'http://intranet.example/',
      'https://intranet.example/',
    ]) {
      expect(await through(url, { resolve: async () => ['10.0.0.1'] })).toBe('refused');
    }
    expect(asked).toEqual([]);
  });

  it('is asked for names that only it knows if the operator says so, and not otherwise', async () => {
    const unknown = async () => Promise.reject(new Error('ENOTFOUND'));
    expect(await through('http://docs.example/', { resolve: unknown })).toBe('unavailable');
    expect(asked).toEqual([]);
    expect(await through('http://docs.example/', { resolve: unknown, proxyResolves: true })).toBe('ok');
    expect(await through('http://x.example/', { resolve: async () => ['10.0.0.1'], proxyResolves: true })).toBe(
      'refused',
    );
  });

  it('is passed by for what NO_PROXY names', () => {
    const proxyFor = createProxyFor({
      http: 'proxy.corp:3128',
      none: 'corp.example, .lab.example,10.0.0.5,api.example:8080',
    });
    const via = (url: string) => proxyFor(new URL(url));
    expect(via('http://docs.example/')).toBe('http://proxy.corp:3128/');
    for (const url of [
      'http://corp.example/',
      'http://a.corp.example/',
      'http://x.lab.example/',
      'http://10.0.0.5/',
      'http://api.example:8080/',
    ]) {
      expect(via(url)).toBeUndefined();
    }
    expect(via('http://notcorp.example/')).toBeDefined();
    expect(via('http://api.example/')).toBeDefined();
    expect(createProxyFor({ http: 'http://p', none: '*' })(new URL('http://a.example'))).toBeUndefined();
    expect(via('https://docs.example/')).toBeUndefined();
  });

  it('is refused when it is no address, without repeating it', () => {
    const wrong = () => createProxyFor({ http: 'socks5://user:hunter2@proxy' });
    expect(wrong).toThrow(/HTTP_PROXY/);
    expect(wrong).not.toThrow(/hunter2/);
  });
});
