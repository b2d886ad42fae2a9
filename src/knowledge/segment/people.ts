import type { Message } from '../Message.ts';
import { createSieve } from './sieve.ts';
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

/**
 * Finds out who speaks in these messages: ids in any form; where an id is also a handle, it is known by that.
 * @param saidBy the messages as they were read, one by one
 */
export function createPeople(messages: readonly Message[], saidBy: readonly Utterance[]): People {
  const numbers = new Map<string, number>();
  const handles = new Map<string, number>();
  // Nearly all words of a window are nobody's handle.
  const maybe = createSieve();
  const know = ({ text, place }: Utterance['speaker'], number: number): void => {
    handles.set(text, number);
    maybe[place] = 1;
  };
  for (const [at, { personId }] of messages.entries()) {
    if (numbers.has(personId)) continue;
    const { speaker, bareSpeaker } = saidBy[at] as Utterance;
    know(speaker, numbers.size);
    if (bareSpeaker !== undefined && !handles.has(bareSpeaker.text)) know(bareSpeaker, numbers.size);
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
      const { handlePlaces } = said;
      for (let at = 0; at < handlePlaces.length; at += 1) {
        if (maybe[handlePlaces[at] as number] === 0) continue;
        const number = handles.get(said.handles[at] as string);
        if (add(number) && at < said.leadReadings && said.mentioned.length === 0) addresses = true;
      }
      return { names, addresses };
    },
  };
}
