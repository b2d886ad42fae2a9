import type { Message } from '../Message.ts';
import type { Linker } from './Linker.ts';

/**
 * Which message a message goes on from, whoever says so: its thread, its explicit reply, or the linker.
 * Pure; an incremental caller stores the result and asks again only for the messages of `affectedBy`.
 *
 * @param before the unthreaded messages before it in its channel, oldest first; it is cut to the linker's window here,
 *   so that a caller who hands in more gets the same answer
 * @returns the id of the thread's root for a message in a thread, `replyTo` for an explicit reply (wherever that lies), what
 *   the linker finds for the rest, or undefined for a message that begins a conversation (a thread's root among them)
 */
export function linkMessage(message: Message, before: readonly Message[], linker: Linker): string | undefined {
  if (message.threadId !== undefined) return message.threadId === message.id ? undefined : message.threadId;
  if (message.replyTo !== undefined && message.replyTo !== message.id) return message.replyTo;
  return linker.antecedent(message, windowBefore(message, before, linker));
}

/** Whether a message takes part in linking: it is in no thread and is not the root of one. */
export function isLoose(message: Message): boolean {
  return message.threadId === undefined;
}

/** A channel's order: by time, then by id (code units), whatever order the messages came in. */
export function compareMessages(a: Message, b: Message): number {
  return a.atUs - b.atUs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The end of `before` that the linker may look at from `message`: at most `windowMessages`, at most `windowUs` ago. */
export function windowBefore(message: Message, before: readonly Message[], linker: Linker): readonly Message[] {
  let from = Math.max(0, before.length - linker.windowMessages);
  while (from < before.length && (before[from] as Message).atUs < message.atUs - linker.windowUs) from += 1;
  return from === 0 ? before : before.slice(from);
}

/**
 * Which loose messages must be linked again after a change at place `at` of a channel: the message now there (an insertion or
 * an edit; after a deletion the one that followed) and those after it whose window held it.
 *
 * @param loose the channel's loose messages in order, as they are after the change
 * @param atUs when the inserted, edited or deleted message was said
 * @returns the half-open range of places [from, to)
 */
export function affectedBy(
  loose: readonly Message[],
  at: number,
  atUs: number,
  linker: Linker,
): [from: number, to: number] {
  let to = at;
  const end = Math.min(loose.length, at + linker.windowMessages + 1);
  while (to < end && (loose[to] as Message).atUs - linker.windowUs <= atUs) to += 1;
  return [at, to];
}
