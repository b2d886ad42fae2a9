import type { Root } from 'mdast';

declare module 'mdast' {
  interface HeadingData {
    /**
     * The fragment that leads to this heading, where the document names one (`id` in HTML, `{#id}` in Markdown);
     * `null` where it is known that none does. Absent: the slug that GitHub would give it.
     */
    anchor?: string | null;
    /**
     * The page of paper that it stands on, in documents that have such. No passage holds words of two of them, so that
     * what is cited opens where it stands.
     */
    sheet?: number;
  }
}

/** A document as a reader understood it: one tree for every format, so that there is one way to cut passages. */
export interface Page {
  readonly title: string;
  /** Its canonical URL, if the document itself names one (front matter `url`, `<link rel=canonical>`). */
  readonly url?: string;
  /** When it was last changed, if the document says so; milliseconds since 1970. */
  readonly updatedAtMs?: number;
  readonly body: Root;
}
