import { EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import type { ProxySettings } from './proxies.ts';

const TIMEOUT_MS = 60_000;

/**
 * `fetch` for the API of a service that the operator chose, in a vendor's client: through the proxies of the environment,
 * and never for longer than a minute. Not for addresses that people write: those are for `createFetch`.
 */
export function createApiFetch(proxies: ProxySettings): { readonly fetch: typeof fetch; close(): Promise<void> } {
  const dispatcher = new EnvHttpProxyAgent({
    // Given even when empty, so that only what we were handed counts, and not the environment once more.
    ...{ httpProxy: proxies.http ?? '', httpsProxy: proxies.https ?? '', noProxy: proxies.none ?? '' },
  });
  const bounded = (input: string, init: RequestInit = {}) => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    return undiciFetch(input, { ...init, signal, dispatcher } as never);
  };
  return { fetch: bounded as unknown as typeof fetch, close: () => dispatcher.destroy() };
}
