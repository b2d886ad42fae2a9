import type { Log } from '../../base/log.ts';
import type { Inbox } from '../../store/inbox.ts';
import type { ChannelEvent, ChannelHearing as Hub } from './ChannelEvent.ts';

const MOST_TRIES = 4;
/** Of one channel, taken in together. */
const EVENTS_AT_ONCE = 200;

/** A platform's events on their way into the index: on disk, acknowledged, then taken in, one channel's in order. */
export interface ChannelsHeard<Event> {
  /** Whether an event is any business of sync. */
  isWanted(event: Event): boolean;
  /** Resolves when it is on disk: from then on it is not lost, and may be acknowledged. */
  keep(eventId: string, event: Event): Promise<void>;
  /** Takes up what an earlier process left. */
  resume(): Promise<void>;
  /** Events may have been missed. */
  missed(): void;
  /** Resolves when nothing is being taken in. */
  idle(): Promise<void>;
}

export function createChannelHearing<Event>(deps: {
  /** `slack:sync`: under this name what sync has heard lies in the inbox; what bots work on lies there under theirs. */
  readonly name: string;
  readonly inbox: Inbox;
  readonly hub: Hub;
  readonly isWanted: (event: Event) => boolean;
  /** An event as it was stored; undefined for what is none. */
  readonly parse: (payload: string) => Event | undefined;
  /** Where it happened: what happened in one place is taken in in its order. */
  readonly placeOf: (event: Event) => string;
  /** What it says of messages of one channel; what it says of the channel itself is done when this resolves. */
  readonly read: (event: Event) => Promise<readonly ChannelEvent[]>;
  readonly onMissed: () => void;
  readonly log: Log;
}): ChannelsHeard<Event> {
  const { inbox, hub, log } = deps;
  const waiting = new Map<string, { readonly id: string; readonly event: Event }[]>();
  const running = new Map<string, Promise<void>>();

  async function take(batch: readonly { readonly id: string; readonly event: Event }[]): Promise<void> {
    try {
      const events: ChannelEvent[] = [];
      for (const { event } of batch) events.push(...(await deps.read(event)));
      await hub.heard(events);
      for (const { id } of batch) await inbox.finish(id, 'done');
    } catch (error) {
      // One that cannot be taken in holds up no other.
      if (batch.length > 1) {
        for (const one of batch) await take([one]);
        return;
      }
      // It stays in the inbox, and is taken up at the next start; the next reading of the channel sees it sooner.
      log.error({ err: error, from: deps.name }, 'what was heard could not be taken in');
      hub.missed();
    }
  }

  async function drain(key: string) {
    for (
      let batch = waiting.get(key)?.splice(0, EVENTS_AT_ONCE);
      batch?.length;
      batch = waiting.get(key)?.splice(0, EVENTS_AT_ONCE)
    ) {
      await take(batch);
    }
    waiting.delete(key);
    running.delete(key);
  }

  function enqueue(id: string, event: Event) {
    const key = deps.placeOf(event);
    const queue = waiting.get(key) ?? [];
    queue.push({ id, event });
    waiting.set(key, queue);
    if (!running.has(key))
      running.set(
        key,
        Promise.resolve().then(() => drain(key)),
      );
  }

  return {
    isWanted: deps.isWanted,
    async keep(eventId, event) {
      const id = `sync:${eventId}`;
      const isFresh = await inbox.accept({ id, platform: deps.name, payload: JSON.stringify(event) });
      if (isFresh) enqueue(id, event);
    },
    async resume() {
      for (const { id, payload, tries } of await inbox.unfinished([deps.name])) {
        const event = deps.parse(payload);
        if (event !== undefined && tries <= MOST_TRIES) enqueue(id, event);
        else await inbox.finish(id, 'failed');
      }
    },
    missed() {
      hub.missed();
      deps.onMissed();
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
