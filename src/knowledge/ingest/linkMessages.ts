import type { LinkedMessage, Links } from '../../store/links.ts';
import type { Linker } from '../segment/Linker.ts';
import type { Preparation } from './Preparation.ts';

/** Few enough that who asks a question meanwhile does not wait long for their turn. */
const MESSAGES_AT_ONCE = 400;

/**
 * Says of every unlinked message what it answers, and so which conversation it belongs to; oldest first, so that what
 * a message answers has its conversation already.
 * @returns how many messages were looked at (0 when nothing is left), and whether the answer still held when it came:
 *   when messages of the source came or went meanwhile, nothing is written, and it is to be asked again
 */
export async function linkMessages(
  stored: Links,
  window: Pick<Linker, 'windowMessages' | 'windowUs'>,
  preparation: Preparation,
): Promise<{ messages: number; held: boolean }> {
  const batch = await stored.unlinked(MESSAGES_AT_ONCE, window);
  if (!batch) return { messages: 0, held: true };
  const antecedents = await preparation.antecedents(batch.before, batch.messages);
  const roots = new Map<string, string>();
  const rootOf = (id: string) => roots.get(id) ?? stored.rootOf(batch.sourceId, id) ?? id;
  const links = batch.messages.map((message, at): LinkedMessage => {
    const antecedentId = antecedents[at];
    // A thread is a conversation of its own, named by its root even where that is not known.
    const rootId = message.threadId ?? (antecedentId === undefined ? message.id : rootOf(antecedentId));
    roots.set(message.id, rootId);
    return { id: message.id, rootId, ...(antecedentId === undefined ? {} : { antecedentId }) };
  });
  return { messages: batch.messages.length, held: await stored.link(batch.sourceId, links, batch.revision) };
}
