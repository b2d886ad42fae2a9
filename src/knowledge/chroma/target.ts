import { ChromaClient, CloudClient } from 'chromadb';

/** Which Chroma to ask: a server by its URL (ours, or one elsewhere), or Chroma Cloud. */
export type ChromaTarget =
  | { readonly kind: 'server'; readonly url: string }
  | {
      readonly kind: 'cloud';
      readonly apiKey: string;
      /** Left out: what the key is good for. */
      readonly tenant?: string;
      readonly database?: string;
    };

/** The limits that a server names in its pre-flight checks. */
export interface ServerLimits {
  readonly max_batch_size: number;
  readonly supports_base64_encoding: boolean;
}

/**
 * A client for one call: everything it fetches ends with the signal, since the SDK takes one for a whole client only.
 * It costs next to nothing, connections are shared by all.
 * @param limits as learnt before, so that it does not ask again
 */
export function openClient(target: ChromaTarget, signal: AbortSignal, limits?: ServerLimits): ChromaClient {
  const client = target.kind === 'cloud' ? cloudClient(target, signal) : serverClient(target.url, signal);
  // The SDK keeps this setter from TypeScript's eyes, and asks the server anew for each client without it.
  return Object.assign(client, limits && { preflightChecks: limits });
}

function cloudClient(target: ChromaTarget & { kind: 'cloud' }, signal: AbortSignal): ChromaClient {
  const { apiKey, tenant, database } = target;
  return new CloudClient({
    apiKey,
    ...(tenant && { tenant }),
    ...(database && { database }),
    fetchOptions: { signal },
  });
}

function serverClient(address: string, signal: AbortSignal): ChromaClient {
  const { protocol, hostname, port, pathname, username, password } = new URL(address);
  const ssl = protocol === 'https:';
  const path = pathname.replace(/\/+$/, '');
  const userAndPassword = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new ChromaClient({
    ssl,
    host: hostname,
    // The SDK has no place for a path, which a proxy may want, and puts `host:port` together as text.
    port: `${port || (ssl ? 443 : 80)}${path}` as unknown as number,
    ...(username && { headers: { Authorization: `Basic ${Buffer.from(userAndPassword).toString('base64')}` } }),
    fetchOptions: { signal },
  });
}

/** What to call it in a sentence: never with a key or a password. */
export function nameOf(target: ChromaTarget): string {
  if (target.kind === 'cloud') return 'Chroma Cloud';
  const { origin, pathname } = new URL(target.url);
  return `Chroma at ${origin}${pathname === '/' ? '' : pathname}`;
}
