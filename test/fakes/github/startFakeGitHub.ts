import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerGraphql } from './graphql.ts';
import { createRepository, type FakeRepository } from './repository.ts';
import { answerRest } from './rest.ts';

export interface GitHubRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
}

/** A GitHub of ours: REST with ETags and limits, and the GraphQL of discussions, at one address. */
export interface FakeGitHub {
  /** What goes into github.apiUrl; addresses on its web have the same host. */
  readonly url: string;
  readonly token: string;
  readonly requests: readonly GitHubRequest[];
  repository(name: string, options?: { readonly isPrivate?: boolean }): FakeRepository;
  /** The next requests are answered with a limit that is used up, or with a status. */
  fail(how: 'limit' | number, times?: number): void;
  stop(): Promise<void>;
}

/** @param now its clock, milliseconds since 1970 */
export async function startFakeGitHub(now: () => number): Promise<FakeGitHub> {
  const token = 'ghp_fake0123456789';
  const repositories = new Map<string, FakeRepository>();
  const requests: GitHubRequest[] = [];
  const faults: ('limit' | number)[] = [];

  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { status, body, headers = {} } = answer(request, Buffer.concat(pieces).toString());
    send(request, response, { status, body, headers });
    requests.push({ method: request.method ?? '', path: request.url ?? '', status: response.statusCode });
  });

  function answer(request: IncomingMessage, body: string): Answer {
    const fault = faults.shift();
    const resetS = Math.ceil(now() / 1000) + 1800;
    if (fault === 'limit') {
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetS) };
      return { status: 403, headers, body: { message: 'API rate limit exceeded' } };
    }
    if (fault !== undefined) return { status: fault, body: { message: 'No.' } };
    const given = request.headers.authorization?.replace(/^(?:token|bearer) /i, '');
    if (given !== undefined && given !== token) return { status: 401, body: { message: 'Bad credentials' } };
    const visible = [...repositories.values()].filter(({ isPrivate }) => !isPrivate || given === token);
    const url = new URL(request.url ?? '', 'http://github.example');
    if (url.pathname !== '/graphql') return answerRest(url, visible);
    return given ? answerGraphql(body, visible) : { status: 401, body: { message: 'Requires authentication' } };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url: address, token, requests },
    repository(name, options = {}) {
      const known = repositories.get(name) ?? createRepository(name, address, now);
      repositories.set(name, known);
      known.isPrivate = options.isPrivate ?? known.isPrivate;
      return known;
    },
    fail(how, times = 1) {
      for (let n = 0; n < times; n++) faults.push(how);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(request: IncomingMessage, response: ServerResponse, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body);
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  const all = { 'content-type': 'application/json; charset=utf-8', 'x-ratelimit-remaining': '4999', etag, ...headers };
  if (status === 200 && request.headers['if-none-match'] === etag) response.writeHead(304, all).end();
  else response.writeHead(status, all).end(text);
}
