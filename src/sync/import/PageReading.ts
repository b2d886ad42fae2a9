import type { Page } from '../../knowledge/read/Page.ts';

/**
 * How documents become pages; `knowledge/read` does it, in a worker.
 * An implementation owes: `canRead` decides by the name alone; `read` throws BackscrollError `input` for a document that
 * it cannot make sense of, whatever is in it.
 */
export interface PageReading {
  canRead(path: string): boolean;
  read(document: { readonly bytes: Uint8Array; readonly path: string; readonly fallbackTitle: string }): Promise<Page>;
}
