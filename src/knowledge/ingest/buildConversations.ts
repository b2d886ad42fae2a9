import type { Documents } from '../../store/documents.ts';
import type { Sources } from '../../store/sources.ts';
import type { Preparation } from './Preparation.ts';

/** Few enough that who asks a question meanwhile does not wait long for their turn. */
const CONVERSATIONS_AT_ONCE = 32;

/**
 * Makes documents and passages of conversations whose messages changed. What changes again while it is thought about
 * stays to be built.
 * @returns how many conversations were looked at; 0 when none is left
 */
export async function buildConversations(
  documents: Documents,
  sources: Sources,
  preparation: Preparation,
): Promise<number> {
  const dirty = await documents.dirtyConversations(CONVERSATIONS_AT_ONCE);
  const sourceId = dirty[0]?.sourceId;
  if (sourceId === undefined) return 0;
  const source = await sources.find(sourceId);
  const said = dirty.map(({ rootId, messages }) => ({ rootId, messages }));
  const built = await preparation.build(said, source?.url ?? '');
  await documents.put(
    sourceId,
    built,
    dirty.map(({ rootId, mark }) => ({ rootId, mark })),
  );
  return dirty.length;
}
