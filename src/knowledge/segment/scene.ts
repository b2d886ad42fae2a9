import type { Message } from '../Message.ts';
import { createPeople } from './people.ts';
import type { Utterance } from './utterance.ts';

/** One message of the window, with what its place in the window tells. People are small numbers. */
export interface Turn {
  readonly said: Utterance;
  readonly atUs: number;
  readonly person: number;
  /** Who is named in it, the addressee first if it opens with one; never the speaker. */
  readonly names: readonly number[];
  /** It opens by calling names[0]. */
  readonly addresses: boolean;
  /** It opens by calling somebody who is not in the window. */
  readonly callsStranger: boolean;
  /** A first guess at its conversation: the index of the message that began it. */
  strand: number;
}

/** The window as people see it: who is there, who spoke to whom last, and which strands they probably are in. */
export interface Scene {
  /** The messages before, oldest first, and the message itself at the end. */
  readonly turns: readonly Turn[];
  /** The index of each person's last message before the last turn, or -1. */
  readonly lastBy: Int32Array;
  /** The index of the last message before the last turn that names each person, or -1. */
  readonly lastNaming: Int32Array;
  /** The last message of each strand, by the strand's number. */
  readonly strandEnd: Int32Array;
  /** The share of the messages before that name nobody: near 1 where people answer without saying whom. */
  readonly plainShare: number;
  /** How many strands the last ten messages before, of the last half hour, belong to. */
  readonly strandsAlive: number;
  /** The last message that `speaker` sent naming `named` before the last turn, or -1. */
  lastFromTo(speaker: number, named: number): number;
  /** Whether the person spoke in the strand or was named there. */
  inStrand(strand: number, person: number): boolean;
}

const ALIVE_MESSAGES = 10;
const ALIVE_US = 30 * 60 * 1_000_000;

/** Sets the scene for the last of `messages`: linear in their words. */
export function setScene(messages: readonly Message[], read: (message: Message) => Utterance): Scene {
  const saidBy = messages.map(read);
  const people = createPeople(messages, saidBy);
  const count = people.count;
  const lastBy = new Int32Array(count).fill(-1);
  const lastNaming = new Int32Array(count).fill(-1);
  const strandEnd = new Int32Array(messages.length).fill(-1);
  // Tables rather than maps: they are asked for every pair of messages in a window.
  const lastOfPair = new Int32Array(count * count).fill(-1);
  const members = new Uint8Array(messages.length * count);
  const turns: Turn[] = [];
  const lastFromTo = (speaker: number, named: number): number => lastOfPair[speaker * count + named] as number;

  const answeredBy = ({ replyTo }: Message, index: number): number =>
    replyTo === undefined ? -1 : messages.findLastIndex(({ id }, place) => place < index && id === replyTo);
  const strandOf = (turn: Turn, index: number, answered: number): number => {
    const { person, names } = turn;
    if (answered >= 0) return (turns[answered] as Turn).strand;
    for (const name of names) {
      const exchange = Math.max(lastFromTo(name, person), lastFromTo(person, name));
      const from = exchange >= 0 ? exchange : (lastBy[name] as number);
      if (from >= 0) return (turns[from] as Turn).strand;
    }
    const from = Math.max(lastBy[person] as number, lastNaming[person] as number);
    return from >= 0 ? (turns[from] as Turn).strand : index;
  };

  for (const [index, message] of messages.entries()) {
    const said = saidBy[index] as Utterance;
    const person = people.numberOf(message.personId);
    const answered = answeredBy(message, index);
    const { names, addresses } = people.namedIn(said, person, turns[answered]?.person);
    const callsStranger = !addresses && (said.calls || said.mentionLeads);
    const turn: Turn = { said, atUs: message.atUs, person, names, addresses, callsStranger, strand: index };
    turn.strand = strandOf(turn, index, answered);
    turns.push(turn);
    if (index === messages.length - 1) break;
    lastBy[person] = index;
    members[turn.strand * count + person] = 1;
    for (const name of names) {
      lastNaming[name] = index;
      lastOfPair[person * count + name] = index;
      members[turn.strand * count + name] = 1;
    }
    strandEnd[turn.strand] = index;
  }
  const inStrand = (strand: number, person: number): boolean => members[strand * count + person] === 1;
  return { turns, lastBy, lastNaming, strandEnd, ...moodOf(turns), lastFromTo, inStrand };
}

function moodOf(turns: readonly Turn[]): { plainShare: number; strandsAlive: number } {
  const last = turns.length - 1;
  const sinceUs = (turns[last] as Turn).atUs - ALIVE_US;
  const alive = new Set<number>();
  let plain = 0;
  for (let index = 0; index < last; index += 1) {
    const { names, atUs, strand } = turns[index] as Turn;
    if (names.length === 0) plain += 1;
    if (index >= last - ALIVE_MESSAGES && atUs >= sinceUs) alive.add(strand);
  }
  return { plainShare: (plain + 3) / (last + 3), strandsAlive: alive.size };
}
