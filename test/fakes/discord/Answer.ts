import type { Json } from './State.ts';

/** What goes over the wire. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers: Readonly<Record<string, string>>;
}

/** 429, as Discord says it. */
export function tooMany(
  refused: { readonly retryAfterS: number; readonly isGlobal: boolean; readonly scope?: string },
  headers: Readonly<Record<string, string>>,
): Answer {
  const { retryAfterS, isGlobal } = refused;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfterS, global: isGlobal },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(retryAfterS)),
      'x-ratelimit-scope': refused.scope ?? (isGlobal ? 'global' : 'user'),
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}
