import type { ChannelEvent, ChannelHearing } from './ChannelEvent.ts';

/** Takes the events of one channel. */
export type Ear = (events: readonly ChannelEvent[]) => Promise<void>;

/** Brings what a platform tells to the channels that are synced. */
export interface ChannelHub extends ChannelHearing {
  /** @returns what ends it */
  attach(key: string, ear: Ear): () => void;
  /** Which channels are synced is known, and they listen: an event of another one is none of ours. */
  opened(): void;
  /** Whether events of a channel may have been missed that nobody has read since. */
  isDeaf(key: string): boolean;
  /** What was missed before the last `isDeaf` is known now. */
  caughtUp(key: string): void;
}

export function createChannelHub(): ChannelHub {
  const ears = new Map<string, Ear>();
  const open = Promise.withResolvers<void>();
  let deafness = 1;
  const asked = new Map<string, number>();
  const known = new Map<string, number>();

  return {
    attach(key, ear) {
      ears.set(key, ear);
      return () => {
        if (ears.get(key) === ear) ears.delete(key);
      };
    },
    opened: () => open.resolve(),
    missed() {
      deafness++;
    },
    isDeaf(key) {
      asked.set(key, deafness);
      return known.get(key) !== deafness;
    },
    caughtUp: (key) => void known.set(key, asked.get(key) ?? 0),
    async heard(events) {
      const [first] = events;
      if (!first) return;
      if (!ears.has(first.key)) await open.promise;
      await ears.get(first.key)?.(events);
    },
  };
}
