import type { Page } from '../../knowledge/read/Page.ts';
import type { Validators } from './Fetch.ts';

/** What is remembered of a page, so that it is read again only when it has changed. */
export interface PageMemory {
  readonly validators?: Validators;
  /** Of the bytes, and of how they were read. */
  readonly hash?: string;
}

export type Looked =
  | {
      readonly status: 'ok';
      readonly page: Page;
      /** What a citation of it links to. */
      readonly url: string;
      readonly memory: PageMemory;
    }
  /** `memory`, if there is something new to remember all the same. */
  | { readonly status: 'unchanged'; readonly memory?: PageMemory }
  | { readonly status: 'gone'; readonly code: number }
  | { readonly status: 'later'; readonly code: number; readonly retryAfterMs?: number };

/**
 * Reads what stands at an address. Owes: nothing that the person who linked it could not have read without signing in;
 * `unchanged` only for what `known` describes. Rejects as `Fetch` does, and with `input` for what is no document.
 */
export interface PageReader {
  /** Whether it reads such addresses. The first reader of a list that does is asked, and no other. */
  takes(url: string): boolean;
  read(url: string, known: PageMemory, signal: AbortSignal): Promise<Looked>;
}
