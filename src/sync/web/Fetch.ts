/** What a server said last time, so that it need not say it again. It holds for that very address only. */
export interface Validators {
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface FetchOrder {
  readonly url: string;
  readonly known?: Validators;
  /** Unpacked; the fetcher's own bound otherwise, which it never exceeds. */
  readonly maxBytes?: number;
  /** What is longer is cut there, not refused. */
  readonly cut?: boolean;
  /** Asked before each request, redirects too; rejects for what is not to be fetched. */
  readonly permit?: (url: string) => Promise<void>;
  readonly signal: AbortSignal;
}

export type Fetched =
  | ({
      readonly status: 'ok';
      readonly bytes: Uint8Array;
      /** As the server says; it may lie. */
      readonly contentType: string;
      /** Every redirect on the way says that it is for good. */
      readonly movedForGood: boolean;
    } & Validators)
  /** What is known still holds. */
  | { readonly status: 'unchanged' }
  /** Not there (404), or said to be gone (410). */
  | { readonly status: 'gone'; readonly code: number }
  /** The server asks to come again (429, 5xx …). */
  | { readonly status: 'later'; readonly code: number; readonly retryAfterMs?: number };

/**
 * Gets one page of the web. Owes: only public http(s) addresses, or such that the operator allowed, are ever connected to,
 * at every redirect; no more is read, and no longer waited, than its bounds say.
 * Rejects with BackscrollError: `refused` (must not or may not be fetched), `input` (too long, cannot be unpacked),
 * `unavailable` (no answer, not in time); and with the signal's own reason.
 */
export type Fetch = (order: FetchOrder) => Promise<Fetched>;
