import type { Message } from '../Message.ts';
import type { Utterance } from './utterance.ts';

/** The speakers of a window, as numbers from 0. */
export interface People {
  readonly count: number;
  numberOf(personId: string): number;
  /**
   * Whom a message names among them, the addressee first, never its speaker; a handle counts whatever its case.
   * @param answered whom an explicit reply goes to: as good as calling them by name
   */
  namedIn(said: Utterance, speaker: number, answered: number | undefined): Naming;
}

interface Naming {
  readonly names: readonly number[];
  /** The message opens by calling names[0]. */
  readonly addresses: boolean;
}

/** What a person's other sessions append to a handle ("anna_", "anna|away" without its word). */
const TAIL = /[_`^|]+$/;

/** Finds out who speaks in these messages: ids in any form; where an id is also a handle, it is known by that. */
export function createPeople(messages: readonly Message[]): People {
  const numbers = new Map<string, number>();
  const handles = new Map<string, number>();
  for (const { personId } of messages) {
    if (numbers.has(personId)) continue;
    const handle = personId.toLowerCase();
    handles.set(handle, numbers.size);
    const bare = handle.replace(TAIL, '');
    if (bare.length > 2 && !handles.has(bare)) handles.set(bare, numbers.size);
    numbers.set(personId, numbers.size);
  }
  return {
    count: numbers.size,
    numberOf: (personId) => numbers.get(personId) as number,
    namedIn(said, speaker, answered) {
      const names: number[] = [];
      const add = (number: number | undefined): boolean => {
        if (number === undefined || number === speaker) return false;
        if (!names.includes(number)) names.push(number);
        return true;
      };
      let addresses = add(answered);
      for (const [at, id] of said.mentioned.entries()) {
        if (add(numbers.get(id)) && at === 0 && said.mentionLeads) addresses = true;
      }
      for (const [at, handle] of said.handles.entries()) {
        if (add(handles.get(handle)) && at < said.leadReadings && said.mentioned.length === 0) addresses = true;
      }
      return { names, addresses };
    },
  };
}
