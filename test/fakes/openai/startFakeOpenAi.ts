import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerChat } from './answerChat.ts';
import { answerEmbeddings, type VectorMaker } from './answerEmbeddings.ts';
import { type Problem, sendProblem } from './problem.ts';
import type { ChatScript, Dialect, Fault } from './Script.ts';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent
  readonly body: any;
  /** Resolves when the exchange is over, also when the client went away. */
  readonly closed: Promise<void>;
}

export interface FakeOpenAi {
  /** What goes into OPENAI_BASE_URL. */
  readonly url: string;
  readonly key: string;
  /** Everything that arrived, faults included, oldest first. */
  readonly requests: readonly FakeRequest[];
  /** Says what the next chat completion answers. Scripts queue up; without one, a short greeting is said. */
  reply(script: ChatScript): void;
  /** Lets the next requests (of one path, if named: `/v1/embeddings`) go wrong. */
  fail(fault: Fault, options?: { readonly times?: number; readonly path?: string }): void;
  /** Replaces how vectors are made from now on. */
  vectors(make: VectorMaker | undefined): void;
  /** Resolves once that many requests have arrived, counted from the start. */
  arrived(count: number): Promise<void>;
  /** Drops all connections and frees the port. May be called twice. */
  stop(): Promise<void>;
}

export interface FakeOptions {
  readonly key?: string;
  readonly chatModels?: readonly string[];
  readonly embeddingModels?: Readonly<Record<string, number>>;
  readonly dialect?: Dialect;
}

const openAiEmbeddingModels = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
  'fake-embedding': 64,
};

/** Starts a server on a free loopback port that speaks OpenAI's wire: chat completions, embeddings, models. */
export async function startFakeOpenAi(options: FakeOptions = {}): Promise<FakeOpenAi> {
  const { key = 'sk-fake-0123456789abcdef', dialect = {}, chatModels = ['fake-chat'] } = options;
  const embeddingModels = options.embeddingModels ?? openAiEmbeddingModels;
  const requests: FakeRequest[] = [];
  const scripts: ChatScript[] = [];
  const faults: { fault: Fault; left: number; path: string | undefined }[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let vector: VectorMaker | undefined;

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A client that went away while it was sending is what tests do; anything else is a mistake in the fake.
      if (request.destroyed || response.destroyed) return;
      sendProblem(response, { status: 500, message: `The fake itself failed: ${String(error)}` }, 'nested');
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = once(response, 'close').then(() => undefined);
    const text = await readBody(request);
    const method = request.method ?? '';
    const path = (request.url ?? '').split('?')[0] ?? '';
    const body = parseJson(text);
    requests.push({ method, path, headers: request.headers, body: body.value, closed });
    for (const waiter of waiting) if (waiter.count <= requests.length) waiter.resolve();

    const fault = takeFault(path);
    if (fault) return commit(fault, response);
    const problem = await route(request, method, path, body, response);
    if (problem) sendProblem(response, problem, dialect.errors ?? 'nested');
  }

  async function route(
    request: IncomingMessage,
    method: string,
    path: string,
    body: { readonly value?: unknown; readonly bad?: true },
    response: ServerResponse,
  ): Promise<Problem | undefined> {
    const unauthorized = dialect.auth === 'none' ? undefined : checkKey(request.headers.authorization, key);
    if (unauthorized) return unauthorized;
    if (method === 'GET' && path === '/v1/models') {
      const data = [...chatModels, ...Object.keys(embeddingModels)].map((id) => ({
        id,
        object: 'model',
        created: 1_790_000_000,
        owned_by: 'fake',
      }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data }));
      return undefined;
    }
    if (body.bad && method === 'POST') {
      const message = 'We could not parse the JSON body of your request.';
      return { status: 400, message, type: 'invalid_request_error' };
    }
    if (method === 'POST' && path === '/v1/chat/completions') {
      const nextScript = () => scripts.shift() ?? { text: ['Hello', ' there.'] };
      return answerChat(body.value, { models: chatModels, dialect, nextScript }, response);
    }
    if (method === 'POST' && path === '/v1/embeddings') {
      return answerEmbeddings(body.value, { models: embeddingModels, dialect, vector }, response);
    }
    return { status: 404, message: `Invalid URL (${method} ${path})`, type: 'invalid_request_error' };
  }

  function takeFault(path: string): Fault | undefined {
    const entry = faults.find((one) => one.left > 0 && (one.path === undefined || one.path === path));
    if (entry) entry.left -= 1;
    return entry?.fault;
  }

  function commit(fault: Fault, response: ServerResponse): void {
    if (fault.kind === 'cut') response.destroy();
    if (fault.kind === 'garbage') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('<html>It works!</html>');
    }
    if (fault.kind === 'status') {
      sendProblem(response, { message: 'The server says no.', ...fault }, dialect.errors ?? 'nested');
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    key,
    requests,
    reply(script) {
      scripts.push(script);
    },
    fail(fault, { times = 1, path } = {}) {
      faults.push({ fault, left: times, path });
    },
    vectors(make) {
      vector = make;
    },
    arrived(count) {
      if (requests.length >= count) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ count, resolve }));
    },
    async stop() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** OpenAI shows a few letters of a wrong key; this one repeats it whole, so that whoever passes it on is found out. */
function checkKey(header: string | undefined, key: string): Problem | undefined {
  if (header === `Bearer ${key}`) return undefined;
  const message = header
    ? `Incorrect API key provided: ${header.replace(/^Bearer /, '')}.`
    : "You didn't provide an API key.";
  return { status: 401, message, type: 'invalid_request_error', code: 'invalid_api_key' };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): { readonly value?: unknown; readonly bad?: true } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { bad: true };
  }
}
