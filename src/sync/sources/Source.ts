import type { SourceFacts, SourceId } from '../../knowledge/ingest/Ingest.ts';
import type { Message } from '../../knowledge/Message.ts';
import type { Page } from '../../knowledge/read/Page.ts';

/**
 * Something that is kept in step: one channel, the documents linked in one space, a web site, a folder, a repository.
 * It says what it is and which of the abilities it has; the machinery (`run.ts`) asks no more of it than these.
 * A source writes nothing itself: it hands over items, and the machinery stores them, remembers how far it came, and
 * counts what failed.
 */
export interface Source {
  readonly about: SourceAbout;
  /** What is new since a cursor. Every source that can be read at all has it. */
  readonly changes?: ReadsChanges;
  /** What there is, for taking away what is there no more. For sources whose `changes` do not tell of deletions. */
  readonly everything?: ListsKeys;
  /** What happens, while it happens. */
  readonly live?: HearsEvents;
}

export interface SourceAbout {
  /** Stable and unique, fit to be typed: `slack:T061A2UFL/C024BE91L`, `links:slack:T061A2UFL`, `site:handbook`. */
  readonly id: string;
  /** `slack`, `discord`, `links`, `site`, `folder`, `github` …: the name of its folder or file here, and in `status`. */
  readonly kind: string;
  readonly spaceId: string;
  /** What people call it: `#ops`, `docs.example.com`. */
  readonly name: string;
  /** When it is read again, as cron says it (five fields, local time); `null` for one that is only read when asked. */
  readonly cron: string | null;
  /** The promise: a last success older than this is told to the operator. */
  readonly staleAfterMs: number;
}

/**
 * Owes: items in an order in which a kill at any moment costs no more than what came since the last `cursor`, which is
 * read once more. The same things handed over twice are harmless. One broken document is a `failure` item, never an
 * error: an error ends the run of this source (and of no other); what was handed over before it stays. It stops soon
 * after `io.signal` is aborted, by throwing what the signal says or by ending.
 */
export interface ReadsChanges {
  /** @param cursor what the source itself handed over last; undefined the first time. It may be of an older version. */
  since(cursor: string | undefined, io: SourceIo): AsyncIterable<Item>;
}

/**
 * Owes: every key that there is, in any number of lists. If it cannot tell them all it throws, and nothing is taken
 * away. What a list lacks is taken away after the run; when that is more than a configured share of the source, only
 * after the next run lacks it too.
 */
export interface ListsKeys {
  /** It lists some of its places in one run and others in another: what is noted of documents elsewhere stays. */
  readonly inParts?: true;
  list(io: SourceIo): AsyncIterable<{ readonly to: Place; readonly keys: readonly string[] }>;
}

/** Owes: nothing is lost between an event and `give`; an event is acknowledged only after `give` has resolved. */
export interface HearsEvents {
  /**
   * Begins to hand over what happens.
   * @param give resolves when it is kept; `happenedMs` is when it happened (milliseconds since 1970)
   * @returns what ends it
   */
  listen(give: (items: readonly Item[], happenedMs: number) => Promise<void>): () => void;
}

/** What a source works with while it reads. */
export interface SourceIo {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What the source said last of one of its documents (`memory` of an item); undefined if nothing. */
  remembered(key: string): string | undefined;
  /** How far it is and how long it will take, as far as it can honestly be told. */
  report(progress: SyncProgress): void;
}

export interface SyncProgress {
  readonly done: number;
  /** Absent when it is not known. */
  readonly total?: number;
  /** `messages`, `pages`, `requests`. */
  readonly unit: string;
  /** Milliseconds to go, if the limits of the platform allow to say. */
  readonly toGoMs?: number;
}

/**
 * Where an item belongs: a source of the knowledge room, with its audience. Facts declare it (or what is new about it),
 * an id stands for one that was declared elsewhere.
 */
export type Place = SourceFacts | SourceId;

/**
 * What a source hands over. `memory` is the source's own note on one document (an ETag, a hash, how often it failed),
 * written after its passages are in and given back by `remembered`; `null` forgets it.
 */
export type Item =
  /** What was said. A message without text and files is one that was deleted. */
  | { readonly kind: 'messages'; readonly to: Place; readonly messages: readonly Message[] }
  /** A document as it is now. `key` is unique in its place; `url` is what citations link to. */
  | ({ readonly kind: 'page'; readonly to: Place; readonly page: Page; readonly url: string } & Noted)
  /** A document was looked at and has not changed. */
  | ({ readonly kind: 'unchanged' } & Noted)
  /** Documents that are there no more. */
  | { readonly kind: 'gone'; readonly to: Place; readonly keys: readonly string[] }
  /** A document that could not be read, or whose readers cannot be told; in the operator's words, with what to do. */
  | ({ readonly kind: 'failure'; readonly sentence: string } & Noted)
  /** All before this is read: the next run begins here. Written only after that is stored. */
  | { readonly kind: 'cursor'; readonly cursor: string };

interface Noted {
  readonly key: string;
  readonly memory?: string | null;
}

/** The sources of one kind that there are now; asked before every round, since channels come and go. */
export interface Catalogue {
  readonly kind: string;
  /** Rejects when it cannot tell; the sources of other kinds go on. */
  sources(): Promise<readonly Source[]>;
}
