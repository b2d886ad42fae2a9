import type { Message } from '../../knowledge/Message.ts';

/** What a platform tells of one message, at once. */
export interface ChannelEvent {
  /** The channel's id on the platform. */
  readonly key: string;
  readonly messageId: string;
  /** The root of the thread that it is in, where the event tells. */
  readonly threadId?: string;
  /** When it happened by the platform's clock, in microseconds since 1970: of two events on one message the later counts. */
  readonly atUs: number;
  readonly what:
    | { readonly kind: 'said' | 'edited'; readonly message: Message }
    | { readonly kind: 'deleted' }
    /** Something is new about it, but the event does not say all of what it is now: a reaction. */
    | { readonly kind: 'touched' };
}

/** Hears what happens in channels. */
export interface ChannelHearing {
  /** Resolves when it is kept. What concerns no channel that is synced is left alone. */
  heard(events: readonly ChannelEvent[]): Promise<void>;
  /** Events may have been missed: at the next run the replies of recent threads are read again too. */
  missed(): void;
}
