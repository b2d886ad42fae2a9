import type { Message } from '../../knowledge/Message.ts';

/** A thread as its root tells of it. */
export interface ThreadFacts {
  readonly id: string;
  readonly replies: number;
  /** The id of its last reply, where the platform tells. */
  readonly latest?: string;
  /** What it began with stands in it (a post of a forum), so that it comes with the replies and not with a page. */
  readonly holdsRoot?: true;
}

export interface HistoryPage {
  /**
   * What was said, in any order. A message without text and files stands for one that is there and not for us: deleted
   * (with its replies left), said by a bot, a notice.
   */
  readonly messages: readonly Message[];
  readonly threads: readonly ThreadFacts[];
  /** Where the next page begins (exclusive): the id of the oldest on this one; absent when this was the last. */
  readonly next?: string;
  /** The platform hides what is older, it is not gone: nothing beyond this page is concluded from its absence. */
  readonly isCutOff?: true;
  readonly unread?: Unread;
}

/** Messages that are there, but whose words the platform does not show us: what is stored of them stays. */
export interface Unread {
  readonly ids: readonly string[];
  /** Why, and what to do, for the operator; absent where nothing is wrong. */
  readonly sentence?: string;
}

export interface RepliesPage {
  /** The replies after the one asked for, oldest first, and the root, if it is there. */
  readonly messages: readonly Message[];
  /** The last id on this page, when there are more. */
  readonly next?: string;
  readonly unread?: Unread;
}

/**
 * One channel of a platform, as it is now. A message read here is the same, to the letter, as the one that an import or
 * an event gives. An implementation waits for its turn in the platform's budget behind everything else that asks.
 * It throws BackscrollError: `not-found` when the channel is not there for us any more, `refused` and
 * `unavailable` as the platform's client does, `cancelled` when the signal is aborted.
 */
export interface ChannelHistory {
  /** What was said in the channel itself after `after` and before `before` (both exclusive), newest first by pages. */
  page(range: { readonly after?: string; readonly before?: string }, signal: AbortSignal): Promise<HistoryPage>;
  /** A thread's replies after one of them (exclusive). A thread that is not there any more has none. */
  replies(threadId: string, after: string | undefined, signal: AbortSignal): Promise<RepliesPage>;
  /** One message as it is now; without text and files if it is not there; undefined if its words are not shown to us. */
  look(messageId: string, threadId: string | undefined, signal: AbortSignal): Promise<Message | undefined>;
  readonly pace: HistoryPace;
}

/** Ids and time, and how fast the platform lets us read. */
export interface HistoryPace {
  /** When a message with this id was said, in microseconds since 1970. */
  atUs(id: string): number;
  /** An id that lies at that moment. */
  idAt(us: number): string;
  /** How long one page, and one call for replies, takes in the long run, in milliseconds. */
  callMs(): { readonly page: number; readonly replies: number };
}

/** A channel that is to be kept in step. */
export interface SyncedChannel {
  /** `slack:T061A2UFL/C024BE91L`. */
  readonly id: string;
  readonly spaceId: string;
  /** Its id on the platform, and as the key of its source. */
  readonly key: string;
  readonly name: string;
  /** Its source in the knowledge room, declared with its audience by the platform's membership. */
  readonly sourceId: number;
  /** When it was made, in milliseconds since 1970: how far back its history can go. */
  readonly createdMs?: number;
  readonly history: ChannelHistory;
}

/** A message that was deleted, or is not for us, as Ingest wants to hear of it. */
export function emptied(id: string): Message {
  return { ...{ id, atUs: 0, personId: '', text: '', files: [] }, confirmations: 0, contradictions: 0 };
}
