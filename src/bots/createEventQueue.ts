import type { Log } from '../base/log.ts';
import type { Inbox } from '../store/inbox.ts';
import { createThreadQueue } from './threadQueue.ts';

/** After so many crashes in the middle of it, an event is given up. */
const MOST_TRIES = 4;
const PLACES_AT_ONCE = 64;

/** Events of a platform that lie in the inbox: each is worked on once, those of one place in order. */
export interface EventQueue<Event> {
  /** Works on an event that was just stored in the inbox under this id. */
  add(id: string, event: Event): void;
  /** Takes up what an earlier process left unfinished. */
  resume(): Promise<void>;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
}

export function createEventQueue<Event>(deps: {
  readonly inbox: Inbox;
  /** Under this name they lie in the inbox, where questions lie under their platform's own. */
  readonly name: string;
  /** An event as it was stored; undefined for what is none. */
  readonly parse: (payload: string) => Event | undefined;
  readonly placeOf: (event: Event) => string;
  readonly work: (event: Event, id: string) => Promise<void>;
  readonly log: Log;
}): EventQueue<Event> {
  const { inbox, log } = deps;
  const queue = createThreadQueue(PLACES_AT_ONCE);

  function add(id: string, event: Event) {
    queue.add(deps.placeOf(event), async () => {
      try {
        await deps.work(event, id);
        await inbox.finish(id, 'done');
      } catch (error) {
        log.error({ err: error, eventId: id, from: deps.name }, 'an event could not be worked on');
      }
    });
  }

  return {
    add,
    async resume() {
      for (const { id, payload, tries } of await inbox.unfinished([deps.name])) {
        const event = deps.parse(payload);
        if (event !== undefined && tries <= MOST_TRIES) add(id, event);
        else {
          log.error({ eventId: id, from: deps.name }, 'an event is given up');
          await inbox.finish(id, 'failed');
        }
      }
    },
    idle: () => queue.idle(),
  };
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
