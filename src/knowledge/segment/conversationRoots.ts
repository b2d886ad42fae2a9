import type { Message } from '../Message.ts';
import type { Linker } from './Linker.ts';
import { compareMessages, isLoose, linkMessage } from './link.ts';

/**
 * Groups the messages of one channel into conversations: threads and explicit replies as given, the rest by the linker.
 * Pure, and the same in whatever order the messages are handed in.
 *
 * @param messages the messages of one channel, ids unique
 * @returns for each message the id of the message that its conversation begins with
 */
export function conversationRoots(messages: readonly Message[], linker: Linker): Map<string, string> {
  const ordered = messages.toSorted(compareMessages);
  const loose: Message[] = [];
  const antecedents = new Map<string, string | undefined>();
  for (const message of ordered) {
    const before = isLoose(message) ? loose.slice(-linker.windowMessages) : [];
    antecedents.set(message.id, linkMessage(message, before, linker));
    if (isLoose(message)) loose.push(message);
  }
  return rootsOf(antecedents);
}

/**
 * Follows antecedents to the root of each message. An antecedent that is not there (a deleted message, a thread whose root was
 * never seen) still names the conversation, so that its answers stay together. Links that form a ring (only forged replies
 * can) end at the smallest id of the ring.
 *
 * @param antecedents message id -> the id that it goes on from, or undefined
 */
export function rootsOf(antecedents: ReadonlyMap<string, string | undefined>): Map<string, string> {
  const roots = new Map<string, string>();
  for (const start of antecedents.keys()) {
    const path: string[] = [];
    const placeOnPath = new Map<string, number>();
    let at = start;
    for (let next = antecedents.get(at); next !== undefined && !roots.has(at) && !placeOnPath.has(at); ) {
      placeOnPath.set(at, path.push(at) - 1);
      at = next;
      next = antecedents.get(at);
    }
    const ringFrom = placeOnPath.get(at);
    const root = ringFrom === undefined ? (roots.get(at) ?? at) : (path.slice(ringFrom).sort()[0] as string);
    for (const id of path) roots.set(id, root);
    if (antecedents.has(at)) roots.set(at, root);
  }
  return roots;
}
