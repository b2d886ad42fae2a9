import type { FakeDiscord } from './FakeDiscord.ts';
import type { Json } from './State.ts';

export interface RawAnswer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** One request as any HTTP client would make it, with the bot's token unless another is given (`''`: none). */
export async function ask(discord: FakeDiscord, route: string, body?: Json, token = discord.token): Promise<RawAnswer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      ...(token === '' ? {} : { authorization: `Bot ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}

/** A gateway connection by hand. */
export interface RawGateway {
  /** Everything heard so far. */
  readonly heard: readonly Json[];
  say(op: number, d: Json): void;
  /** Resolves with the first thing heard, now or later, that fits. */
  hears(fits: (said: Json) => boolean): Promise<Json>;
  event(type: string): Promise<Json>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  close(code?: number): void;
}

export async function openGateway(discord: FakeDiscord): Promise<RawGateway> {
  const { body } = await ask(discord, 'GET /gateway', undefined, '');
  const socket = new WebSocket(`${body.url}/?v=10&encoding=json`);
  const heard: Json[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    heard.push(JSON.parse(String(data)));
    for (const look of [...waiting]) look();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }));
  });
  const hears = (fits: (said: Json) => boolean) =>
    new Promise<Json>((resolve) => {
      const look = () => {
        const found = heard.find(fits);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  await hears(({ op }) => op === 10);
  return {
    ...{ heard, hears, closed },
    event: async (type) => (await hears(({ t }) => t === type)).d,
    say: (op, d) => socket.send(JSON.stringify({ op, d })),
    close: (code) => socket.close(code),
  };
}

/** One that has said who it is, and was told READY. */
export async function identified(discord: FakeDiscord, intents: number): Promise<RawGateway> {
  const gateway = await openGateway(discord);
  gateway.say(2, { token: discord.token, intents, properties: {} });
  await gateway.event('READY');
  return gateway;
}
