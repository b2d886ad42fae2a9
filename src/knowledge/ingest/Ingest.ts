import type { Message } from '../Message.ts';
import type { SpaceId } from '../Reader.ts';
import type { Page } from '../read/Page.ts';

export interface SpaceFacts {
  readonly id: SpaceId;
  readonly platform: 'slack' | 'discord' | 'local';
  /** What people call it; an alias, not an identity. */
  readonly name: string;
}

export interface PersonFacts {
  readonly id: string;
  readonly name: string;
  readonly handle?: string;
  /** What else they go by: a real name, a nickname elsewhere. */
  readonly alsoCalled?: readonly string[];
  readonly isBot: boolean;
  readonly isGuest: boolean;
}

/** Who may read a source: everybody in its space, exactly these people, or whoever may read another source. */
export type AudienceFacts =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'members'; readonly personIds: readonly string[] }
  /** At every moment: what is linked in a channel that is made private is private with it. */
  | { readonly kind: 'as'; readonly source: SourceId };

export interface SourceFacts {
  readonly spaceId: SpaceId;
  readonly kind: 'channel' | 'folder' | 'links' | 'site' | 'repository';
  /** Unique in its space and kind: the channel's id; a name for a folder that stays when the folder is moved. */
  readonly key: string;
  /** `#ops`, `Handbook`. */
  readonly name: string;
  readonly url?: string;
  readonly audience: AudienceFacts;
  /** Nobody said who may read it, this is what to assume: an audience that is known already stays as it is. */
  readonly isAudienceAssumed?: boolean;
}

export type SourceId = number;

/** What one call changed. A second call with the same input gives zeros but for `unchanged`. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * Takes in what was said and written. Every call is one transaction or several that can be repeated: a process killed
 * in the middle leaves nothing half-written and the same calls again finish the work.
 * Messages and pages are stored at once; conversations, passages and vectors follow in `settle`, which has a memory of
 * what is left to do in the database.
 */
export interface Ingest {
  /** Declares a space and its people, or what is new about them. */
  space(space: SpaceFacts, people: readonly PersonFacts[]): Promise<void>;
  /** Declares a source, or what is new about it (name, audience); gives its id. */
  source(source: SourceFacts): Promise<SourceId>;
  /**
   * A message without text and files is one that was deleted: it is taken away, as if it had never been said. So is
   * one of a person who wants to be left out.
   */
  messages(source: SourceId, messages: readonly Message[]): Promise<Changes>;
  /** `key` is its path within the folder, or its canonical URL where there is no folder. `url` is what citations link to. */
  page(source: SourceId, key: string, page: Page, url: string): Promise<Changes>;
  /** Takes pages away: those of the source whose key is not in `keys` (a file that is gone from its folder). */
  keepOnly(source: SourceId, keys: ReadonlySet<string>): Promise<Changes>;
  /** Takes these pages away. Their words leave the disk with the next `settle`. */
  drop(source: SourceId, keys: readonly string[]): Promise<Changes>;
  /** Groups, cuts and indexes everything that waits. `report` is called with what is left. */
  settle(options: {
    readonly signal: AbortSignal;
    readonly report?: (left: { conversations: number; vectors: number }) => void;
    /** `later`: the bytes of what was taken away stay owed, since erasing them costs time; nobody reads them anyway. */
    readonly scrub?: 'now' | 'later';
  }): Promise<void>;
}
