import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { realTiming, type Timing } from '../../base/Timing.ts';
import type { AllowHosts } from './allowHosts.ts';
import { type CheckedUrl, checkUrl } from './checkUrl.ts';
import { createConnector, judge, type ResolveName, resolveBySystem } from './connector.ts';
import { startDeadlines } from './deadlines.ts';
import type { Fetch, Fetched, FetchOrder } from './Fetch.ts';
import type { ProxyFor } from './proxies.ts';
import { readBody } from './readBody.ts';
import { meaningOf } from './responses.ts';
import { USER_AGENT } from './userAgent.ts';

export interface FetchBounds {
  /** Of a body, unpacked. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** For everything, redirects too. */
  readonly totalMs: number;
  /** For the longest silence. */
  readonly idleMs: number;
}

export interface FetchDeps {
  readonly allowHosts: AllowHosts;
  readonly bounds: FetchBounds;
  readonly proxyFor?: ProxyFor;
  /** A name that only the proxy can resolve is left to it, unjudged. Otherwise it is not fetched. */
  readonly proxyResolves?: boolean;
  readonly resolve?: ResolveName;
  readonly timing?: Timing;
}

const MAX_HEADER_BYTES = 32 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
/** The newest that every server knows come first; all of them are unpacked within bounds. */
const ENCODINGS = 'gzip, br, zstd, deflate';
const ACCEPT = 'text/html,application/xhtml+xml,text/markdown,text/plain,application/pdf;q=0.9,*/*;q=0.5';

/** A fetcher for a network that means harm; see the port for what it owes. `close` ends its connections. */
export function createFetch(deps: FetchDeps): { readonly fetch: Fetch; close(): Promise<void> } {
  const { allowHosts, bounds, proxyFor, resolve = resolveBySystem, timing = realTiming } = deps;
  const connection = { allowH2: false, maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 0, bodyTimeout: 0 };
  const direct = new Agent({
    ...{ ...connection, connections: 4, keepAliveTimeout: 10_000, keepAliveMaxTimeout: 30_000 },
    connect: createConnector({ resolve, allowHosts, connectTimeoutMs: CONNECT_TIMEOUT_MS }),
  });
  const proxies = new Map<string, ProxyAgent>();

  /** The proxy is the operator's own, wherever it stands; what it is asked for is judged as ever. */
  async function dispatcherFor({ url, allowed }: CheckedUrl): Promise<Dispatcher> {
    const proxy = proxyFor?.(url);
    if (proxy === undefined) return direct;
    await judge(resolve, url.hostname.replace(/^\[|\]$/g, ''), allowed).catch((error: unknown) => {
      const unknownHere = error instanceof BackscrollError && error.code === 'unavailable';
      if (!(unknownHere && deps.proxyResolves)) throw error;
    });
    const known = proxies.get(proxy);
    const agent = known ?? new ProxyAgent({ ...connection, uri: proxy });
    proxies.set(proxy, agent);
    return agent;
  }

  async function one(order: FetchOrder, checked: CheckedUrl, deadlines: { signal: AbortSignal; heard: () => void }) {
    const { href } = checked.url;
    const { known } = order;
    const dispatcher = await dispatcherFor(checked);
    const response = await request(href, {
      dispatcher,
      method: 'GET',
      signal: deadlines.signal,
      headers: {
        ...{ accept: ACCEPT, 'accept-encoding': ENCODINGS, 'user-agent': USER_AGENT },
        ...(known?.url === href && known.etag ? { 'if-none-match': known.etag } : {}),
        ...(known?.url === href && known.lastModified ? { 'if-modified-since': known.lastModified } : {}),
      },
    });
    deadlines.heard();
    // Whoever does not read a body to its end may still hear it complain.
    response.body.on('error', () => {});
    return response;
  }

  async function follow(order: FetchOrder, deadlines: { signal: AbortSignal; heard: () => void }): Promise<Fetched> {
    const seen = new Set<string>();
    const maxBytes = Math.min(order.maxBytes ?? bounds.maxBytes, bounds.maxBytes);
    let next = checkUrl(order.url, allowHosts);
    next.url.hash = '';
    let movedForGood = true;
    for (;;) {
      const { href } = next.url;
      if (seen.has(href)) throw new BackscrollError('refused', 'Not fetched: its redirects lead round in a circle.');
      if (seen.size > bounds.maxRedirects) {
        throw new BackscrollError('refused', `Not fetched: more than ${bounds.maxRedirects} redirects.`);
      }
      seen.add(href);
      await order.permit?.(href);
      const response = await one(order, next, deadlines);
      const { body } = response;
      try {
        const asked = order.known?.url === href;
        const meaning = meaningOf(response, { url: href, maxBytes, cut: order.cut ?? false, asked, now: timing.now() });
        if (meaning.kind === 'answer') return meaning.fetched;
        if (meaning.kind === 'redirect') {
          movedForGood &&= meaning.forGood;
          next = checkUrl(meaning.to, allowHosts);
          next.url.hash = '';
          continue;
        }
        const bytes = await readBody(body, {
          ...{ ...meaning, maxBytes, heard: deadlines.heard },
          cut: order.cut ?? false,
        });
        const moved = seen.size > 1 && movedForGood;
        return { status: 'ok', bytes, movedForGood: moved, url: href, ...meaning.facts };
      } finally {
        body.destroy();
      }
    }
  }

  return {
    async fetch(order) {
      order.signal.throwIfAborted();
      const deadlines = startDeadlines({ timing, ...bounds, signal: order.signal });
      try {
        return await untilAborted(follow(order, deadlines), deadlines.signal);
      } catch (error) {
        order.signal.throwIfAborted();
        if (deadlines.signal.aborted) throw deadlines.signal.reason;
        throw inOurWords(error);
      } finally {
        deadlines.end();
      }
    },
    async close() {
      await Promise.all([direct.destroy(), ...[...proxies.values()].map((proxy) => proxy.destroy())]);
    },
  };
}

/** What stands still without hearing the signal (a resolver) is not waited for. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const REASONS: readonly [RegExp, string][] = [
  [/ECONNREFUSED/, 'nobody answers there'],
  [/ECONNRESET|UND_ERR_SOCKET|EPIPE|UND_ERR_ABORTED/, 'the connection was cut'],
  [/CONNECT_TIMEOUT|ETIMEDOUT/, 'no connection in time'],
  [/HEADERS_OVERFLOW/, 'its headers are too long'],
  [/CERT|TLS|SSL|SELF_SIGNED|ALTNAME|LEAF_SIGNATURE/, 'its certificate cannot be trusted'],
  [/EHOSTUNREACH|ENETUNREACH/, 'there is no way to it'],
  [/^HPE_|UND_ERR_RES|HTTPParserError/, 'what it answers is not HTTP'],
];

function inOurWords(error: unknown): unknown {
  if (error instanceof BackscrollError) return error;
  if (!(error instanceof Error)) return error;
  const inner = error instanceof AggregateError ? (error.errors[0] as Error & { code?: string }) : error;
  if (inner instanceof BackscrollError) return inner;
  const code = `${(inner as { code?: string }).code ?? ''} ${inner.name}`.trim();
  const reason = REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? `it failed (${code})`;
  return new BackscrollError('unavailable', `Not fetched: ${reason}.`, { cause: error });
}
