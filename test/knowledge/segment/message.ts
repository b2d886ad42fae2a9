import type { Message } from '../../../src/knowledge/Message.ts';

/** A message said `minute` minutes into the day; its id sorts as it was said. */
export function message(minute: number, personId: string, text: string, rest: Partial<Message> = {}): Message {
  const atUs = Math.round(minute * 60_000_000);
  const id = `m${String(atUs).padStart(14, '0')}`;
  return { id, atUs, personId, text, files: [], confirmations: 0, contradictions: 0, ...rest };
}

/** For each message the place of the one that its conversation begins with, to write down what is expected. */
export function places(messages: readonly Message[], roots: ReadonlyMap<string, string>): number[] {
  return messages.map(({ id }) => messages.findIndex((other) => other.id === roots.get(id)));
}
