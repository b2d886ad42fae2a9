import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path answers; text is a page of HTML. */
export type Page =
  | string
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
      /** With validators: a conditional request that matches is answered 304. */
      readonly etag?: string;
      readonly lastModified?: string;
    }
  /** Whatever else a server may do, on the wire. */
  | ((request: IncomingMessage, response: ServerResponse) => void);

export interface WebRequest {
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
}

/**
 * A web of many hosts behind one port of this machine: which page is meant stands in the Host header, names are resolved by
 * `resolve`. Every host answers at `http://<host>:<port>/`.
 */
export interface FakeWeb {
  readonly port: number;
  /** The address of a page: `web.at('docs.example', '/guide')`. */
  at(host: string, path?: string): string;
  /** What goes into links.allowHosts, since this machine is not on the public internet. */
  allow(...hosts: string[]): string[];
  /** Puts up a page, or takes it down (404). */
  put(url: string, page: Page | undefined): void;
  /** Every request that was answered, oldest first. */
  readonly requests: readonly WebRequest[];
  /** Requests by path, those for robots.txt left out. */
  pages(): string[];
  /** Names resolve to this machine, unless a test says otherwise. */
  resolve(host: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export async function startFakeWeb(): Promise<FakeWeb> {
  const pages = new Map<string, Page>();
  const requests: WebRequest[] = [];
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    const path = request.url ?? '';
    response.on('error', () => {});
    answer(pages.get(`http://${host}${path}`), request, response);
    requests.push({ host: host.split(':')[0] ?? '', path, status: response.statusCode, headers: request.headers });
  });
  server.on('clientError', (_, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    at: (host, path = '/') => `http://${host}:${port}${path}`,
    allow: (...hosts) => hosts.map((host) => `${host}:${port}`),
    put(url, page) {
      if (page === undefined) pages.delete(url);
      else pages.set(url, page);
    },
    pages: () => requests.map(({ path }) => path).filter((path) => path !== '/robots.txt'),
    resolve: async () => ['127.0.0.1'],
    async stop() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer(page: Page | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (typeof page === 'function') {
    page(request, response);
    return;
  }
  if (page === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
    return;
  }
  const {
    status = 200,
    headers = {},
    body = '',
    etag,
    lastModified,
  } = typeof page === 'string' ? { body: page } : page;
  const validators = { ...(etag ? { etag } : {}), ...(lastModified ? { 'last-modified': lastModified } : {}) };
  const asked = request.headers;
  const holds = etag ? asked['if-none-match'] === etag : lastModified && asked['if-modified-since'] === lastModified;
  if (holds) response.writeHead(304, validators).end();
  else response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...validators, ...headers }).end(body);
}
