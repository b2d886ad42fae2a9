import type { Documents, PassageDraft } from '../../store/documents.ts';
import type { Sources } from '../../store/sources.ts';
import { chunkConversation } from '../chunk/chunkConversation.ts';
import { conversationTitle } from '../chunk/conversationTitle.ts';
import type { PieceSize } from '../chunk/Piece.ts';
import type { Message } from '../Message.ts';
import { passageDraft } from './passageDraft.ts';

/** Few enough that who asks a question meanwhile does not wait long for their turn. */
const CONVERSATIONS_AT_ONCE = 24;

/**
 * Makes documents and passages of conversations whose messages changed.
 * @returns how many conversations were built; 0 when none is left
 */
export async function buildConversations(documents: Documents, sources: Sources, size: PieceSize): Promise<number> {
  const dirty = await documents.dirtyConversations(CONVERSATIONS_AT_ONCE);
  const sourceId = dirty[0]?.sourceId;
  if (sourceId === undefined) return 0;
  const source = await sources.find(sourceId);
  const built = dirty.map(({ rootId, messages }) => conversation(rootId, messages, source?.url ?? '', size));
  await documents.put(
    sourceId,
    built,
    dirty.map(({ rootId }) => rootId),
  );
  return dirty.length;
}

function conversation(rootId: string, messages: readonly Message[], sourceUrl: string, size: PieceSize) {
  const spoken = messages.filter(({ text, files }) => text.trim() !== '' || files.length > 0);
  const first = spoken[0];
  const last = spoken.at(-1);
  if (!first || !last) return { key: rootId, passages: [] };
  const title = conversationTitle(spoken);
  const permalinks = new Map(spoken.map(({ id, permalink }) => [id, permalink]));
  const passages: PassageDraft[] = chunkConversation(spoken, size).map((piece) => ({
    ...passageDraft(title, piece, permalinks.get(piece.messageIds[0] ?? '') ?? first.permalink ?? sourceUrl),
    // Every piece begins with a word of the first message, and is found under its title: it goes when that one goes.
    messageIds: [...new Set([...piece.messageIds, first.id])],
  }));
  const sum = (of: (message: Message) => number) => spoken.reduce((total, message) => total + of(message), 0);
  return {
    key: rootId,
    draft: {
      key: rootId,
      kind: 'conversation' as const,
      title,
      url: first.permalink ?? sourceUrl,
      atUs: last.atUs,
      confirmations: sum(({ confirmations }) => confirmations),
      contradictions: sum(({ contradictions }) => contradictions),
    },
    passages,
  };
}
