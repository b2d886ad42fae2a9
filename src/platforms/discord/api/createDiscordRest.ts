import { REST } from 'discord.js';
import type { Budget } from './budget.ts';
import type { InvalidCount } from './createInvalidCount.ts';
import type { Method } from './routeOf.ts';

/** A hang is given up after so long: whoever waits is told, and what may have happened is looked up. */
const CALL_TIMEOUT_MS = 15_000;

/**
 * discord.js's REST client, with one budget: what Discord says of its buckets goes to ours, and does not make a second
 * queue here. Nothing is repeated by itself: a post that is sent again might be there twice.
 * @param deps.url DISCORD_API_URL: where the API is, without the version
 */
export function createDiscordRest(deps: {
  readonly token: string;
  readonly url: string | undefined;
  readonly budget: Budget;
  readonly invalid: InvalidCount;
}): REST {
  const api = deps.url?.replace(/\/+$/, '').replace(/\/v\d+$/, '');
  const prefix = new URL(`${api ?? 'https://discord.com/api'}/v10`).pathname;

  const makeRequest = async (url: string, init: object) => {
    const response = await fetch(url, init as RequestInit);
    const body = await response.arrayBuffer();
    const asked = {
      method: ((init as RequestInit).method ?? 'GET').toUpperCase() as Method,
      path: pathOf(url, prefix),
    };
    deps.invalid.note(response.status, response.headers.get('x-ratelimit-scope') === 'shared');
    const news = readNews(response.headers);
    if (news) deps.budget.learn(asked, news);
    const isEmpty = body.byteLength === 0;
    const headers = new Headers();
    for (const name of ['content-type', 'retry-after', 'x-ratelimit-global', 'x-ratelimit-scope']) {
      const value = response.headers.get(name);
      // A reply without a body that calls itself JSON would be read as JSON.
      if (value !== null && !(isEmpty && name === 'content-type')) headers.set(name, value);
    }
    const { status, statusText } = response;
    const isJson = !isEmpty && isReadable(body);
    // An error page of something in between is no JSON, whatever it is called; the client would choke on it.
    const kept =
      status >= 400 && !isJson ? new TextEncoder().encode(JSON.stringify({ code: 0, message: statusText })) : body;
    if (status >= 400 && !isJson) headers.set('content-type', 'application/json');
    return new Response(status === 204 || status === 304 || (isEmpty && status < 400) ? null : kept, {
      status,
      statusText,
      headers,
    });
  };

  const rest = new REST({
    ...{ version: '10', retries: 0, timeout: CALL_TIMEOUT_MS, rejectOnRateLimit: () => true },
    ...{ globalRequestsPerSecond: 1_000_000, hashSweepInterval: 0, handlerSweepInterval: 60_000 },
    ...(api ? { api } : {}),
    makeRequest: makeRequest as never,
  });
  rest.setToken(deps.token);
  return rest;
}

function pathOf(url: string, prefix: string): string {
  const { pathname } = new URL(url);
  return decodeURIComponent(pathname.startsWith(prefix) ? pathname.slice(prefix.length) : pathname);
}

function readNews(headers: Headers) {
  const number = (name: string) => Number(headers.get(name) ?? Number.NaN);
  const [limit, remaining] = [number('x-ratelimit-limit'), number('x-ratelimit-remaining')];
  const resetAfterMs = number('x-ratelimit-reset-after') * 1000;
  if (![limit, remaining, resetAfterMs].every((value) => Number.isFinite(value) && value >= 0)) return undefined;
  return { limit, remaining, resetAfterMs: Math.min(resetAfterMs, 3_600_000) };
}

function isReadable(body: ArrayBuffer): boolean {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}
