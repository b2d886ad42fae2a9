import type { LinkedMessage, Links } from '../../store/links.ts';
import type { Message } from '../Message.ts';
import type { Linker } from '../segment/Linker.ts';
import { isLoose, linkMessage } from '../segment/link.ts';

/** Few enough that who asks a question meanwhile does not wait long for their turn. */
const MESSAGES_AT_ONCE = 250;

/**
 * Says of every unlinked message what it answers, and so which conversation it belongs to; oldest first, so that what
 * a message answers has its conversation already.
 * @returns how many messages were looked at; 0 when nothing is left
 */
export async function linkMessages(stored: Links, linker: Linker): Promise<number> {
  const batch = await stored.unlinked(MESSAGES_AT_ONCE, linker);
  if (!batch) return 0;
  const window: Message[] = [...batch.before];
  const roots = new Map<string, string>();
  const rootOf = (id: string) => roots.get(id) ?? stored.rootOf(batch.sourceId, id) ?? id;
  const links: LinkedMessage[] = [];
  for (const message of batch.messages) {
    while (window[0] && (window.length > linker.windowMessages || window[0].atUs < message.atUs - linker.windowUs)) {
      window.shift();
    }
    const antecedentId = linkMessage(message, window, linker);
    // A thread is a conversation of its own, named by its root even where that is not known.
    const rootId = message.threadId ?? (antecedentId === undefined ? message.id : rootOf(antecedentId));
    roots.set(message.id, rootId);
    links.push({ id: message.id, rootId, ...(antecedentId === undefined ? {} : { antecedentId }) });
    if (isLoose(message)) window.push(message);
  }
  await stored.link(batch.sourceId, links);
  return batch.messages.length;
}
