import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Fetched } from './Fetch.ts';

/** What a server's status and headers mean for whoever wants the page. */
export type Meaning =
  | { readonly kind: 'answer'; readonly fetched: Fetched }
  | { readonly kind: 'redirect'; readonly to: string; readonly forGood: boolean }
  | {
      readonly kind: 'body';
      readonly encoding: string;
      readonly facts: { readonly contentType: string; readonly etag?: string; readonly lastModified?: string };
    };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const MAX_VALIDATOR_CHARACTERS = 512;
/** Nobody is waited for longer than this, whatever they ask. */
const MAX_RETRY_AFTER_MS = 24 * 3_600_000;

/** @throws BackscrollError `refused` for what wants a sign-in or says no, `input` for what promises to be too long */
export function meaningOf(
  response: { readonly statusCode: number; readonly headers: Headers },
  about: {
    readonly url: string;
    readonly maxBytes: number;
    readonly cut: boolean;
    readonly asked: boolean;
    readonly now: number;
  },
): Meaning {
  const { statusCode: code, headers } = response;
  // One that nobody asked with a condition means nothing.
  if (code === 304 && about.asked) return { kind: 'answer', fetched: { status: 'unchanged' } };
  if (code === 404 || code === 410) return { kind: 'answer', fetched: { status: 'gone', code } };
  if ([301, 302, 303, 307, 308].includes(code)) return redirect(code, first(headers.location), about.url);
  if (code === 408 || code === 425 || code === 429 || code >= 500) {
    const retryAfterMs = retryAfter(first(headers['retry-after']), about.now);
    return {
      kind: 'answer',
      fetched: { status: 'later', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
    };
  }
  if (code === 401 || code === 403 || code === 407) {
    throw new BackscrollError('refused', `Not fetched: it is only for those who sign in there (${code}).`);
  }
  if (code !== 200) throw new BackscrollError('refused', `Not fetched: the server answers ${code}.`);
  const promised = Number(first(headers['content-length']) ?? 0);
  if (promised > about.maxBytes && !about.cut) {
    const megabytes = (bytes: number) => Math.round((bytes / 1024 ** 2) * 10) / 10;
    throw new BackscrollError(
      'input',
      `Left out: it has ${megabytes(promised)} MB; at most ${megabytes(about.maxBytes)} MB of a page are read.`,
    );
  }
  const etag = validator(headers.etag);
  const lastModified = validator(headers['last-modified']);
  return {
    kind: 'body',
    encoding: [headers['content-encoding'] ?? ''].flat().join(','),
    facts: {
      contentType: (first(headers['content-type']) ?? '').slice(0, MAX_VALIDATOR_CHARACTERS),
      ...(etag ? { etag } : {}),
      ...(lastModified ? { lastModified } : {}),
    },
  };
}

function redirect(code: number, location: string | undefined, from: string): Meaning {
  const to = location === undefined ? null : URL.parse(location, from);
  if (to === null) throw new BackscrollError('refused', 'Not fetched: it redirects to no address.');
  return { kind: 'redirect', to: to.href, forGood: code === 301 || code === 308 };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS) : undefined;
}

/** Sent back as it is, so that it must be fit to be a header. */
function validator(value: string | string[] | undefined): string | undefined {
  const text = first(value);
  return text !== undefined && text.length <= MAX_VALIDATOR_CHARACTERS && /^[\x20-\x7e]+$/.test(text)
    ? text
    : undefined;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
