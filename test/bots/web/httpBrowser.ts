import { randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly json: any;
}

export interface ServerSentEvent {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly data: any;
}

/** Speaks HTTP as a browser would: keeps its cookies, and sends Origin and Sec-Fetch-Site like our own page. */
export function createBrowser(url: string) {
  const cookies = new Map<string, string>();

  function send(method: string, path: string, body?: unknown, headers: Record<string, string | undefined> = {}) {
    const own: Record<string, string | undefined> = {
      origin: url,
      'sec-fetch-site': 'same-origin',
      ...(cookies.size > 0 ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const known = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
    return new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(
        new URL(path, url),
        { method, headers: known as Record<string, string>, agent: false },
        resolve,
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  async function call(...[method, path, body, headers]: Parameters<typeof send>): Promise<Reply> {
    const response = await send(method, path, body, headers);
    for (const cookie of response.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    let text = '';
    response.setEncoding('utf8');
    for await (const chunk of response) text += chunk;
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text);
      },
    };
  }

  return {
    cookies,
    call,
    get: (path: string, headers?: Record<string, string | undefined>) => call('GET', path, undefined, headers),
    post: (path: string, body: unknown, headers?: Record<string, string | undefined>) =>
      call('POST', path, body, headers),
    put: (path: string, body: unknown, headers?: Record<string, string | undefined>) =>
      call('PUT', path, body, headers),
    /** Follows a link from outside, as a click in a terminal does. */
    open: (link: string) =>
      call('GET', new URL(link).pathname + new URL(link).search, undefined, {
        origin: undefined,
        'sec-fetch-site': 'none',
        accept: 'text/html',
      }),
    /** Asks in a thread; the ids are new ones unless given. */
    async ask(text: string, given: { id?: string; threadId?: string; space?: string } = {}) {
      const { id = randomUUID(), threadId = randomUUID(), space } = given;
      const asked = { id, threadId, ...(space === undefined ? {} : { space }) };
      return { ...asked, reply: await call('POST', '/api/questions', { text, ...asked }) };
    },
    /** The stream of a thread. `next` gives one event after the other; `end` hangs up. */
    async follow(threadId: string) {
      const response = await send('GET', `/api/threads/${threadId}/events`);
      response.setEncoding('utf8');
      const events = parseEvents(response);
      return {
        status: response.statusCode,
        headers: response.headers,
        async next(): Promise<ServerSentEvent> {
          const { value, done } = await events.next();
          if (done) throw new Error('the stream has ended');
          return value;
        },
        /** Events up to the first of this name, itself included. */
        async until(name: string): Promise<ServerSentEvent[]> {
          const seen: ServerSentEvent[] = [];
          do seen.push(await this.next());
          while (seen.at(-1)?.event !== name);
          return seen;
        },
        end() {
          response.destroy();
        },
      };
    },
  };
}

export type HttpBrowser = ReturnType<typeof createBrowser>;

async function* parseEvents(response: IncomingMessage): AsyncGenerator<ServerSentEvent> {
  let rest = '';
  for await (const chunk of response) {
    rest += chunk;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const lines = rest.slice(0, end).split('\n');
      rest = rest.slice(end + 2);
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const event = field('event');
      if (event) yield { event, data: JSON.parse(field('data') ?? 'null') };
    }
  }
}
