import type { DocumentDraft, PassageDraft } from '../../store/documents.ts';
import { chunkConversation } from '../chunk/chunkConversation.ts';
import { conversationTitle } from '../chunk/conversationTitle.ts';
import type { PieceSize } from '../chunk/Piece.ts';
import type { Message } from '../Message.ts';
import type { Linker } from '../segment/Linker.ts';
import { isLoose, linkMessage } from '../segment/link.ts';
import { passageDraft } from './passageDraft.ts';

/** A conversation as it was said. */
export interface SaidConversation {
  readonly rootId: string;
  /** In the order in which they were said. */
  readonly messages: readonly Message[];
}

/** A conversation ready to be stored; without a draft when nothing was said in it. */
export interface BuiltConversation {
  readonly key: string;
  readonly draft?: DocumentDraft;
  readonly passages: readonly PassageDraft[];
}

/**
 * What taking in has to think about: no database, no clock, nothing remembered that would change an answer. It may be
 * done in this thread or in another.
 */
export interface Preparation {
  /**
   * What each message goes on from, if anything.
   * @param before the loose messages before the first of `messages`, oldest first
   * @param messages messages of one source that follow one another
   */
  antecedents(before: readonly Message[], messages: readonly Message[]): Promise<(string | undefined)[]>;
  /** Documents and passages of conversations. @param sourceUrl where citations lead that have no better place */
  build(conversations: readonly SaidConversation[], sourceUrl: string): Promise<BuiltConversation[]>;
}

export function createPreparation({
  linker,
  size,
}: {
  readonly linker: Linker;
  readonly size: PieceSize;
}): Preparation {
  return {
    async antecedents(before, messages) {
      const window: Message[] = [...before];
      return messages.map((message) => {
        while (window[0] && (window.length > linker.windowMessages || isTooOld(window[0], message, linker))) {
          window.shift();
        }
        const antecedentId = linkMessage(message, window, linker);
        if (isLoose(message)) window.push(message);
        return antecedentId;
      });
    },
    async build(conversations, sourceUrl) {
      return conversations.map(({ rootId, messages }) => buildConversation(rootId, messages, sourceUrl, size));
    },
  };
}

function isTooOld(earlier: Message, message: Message, { windowUs }: Linker): boolean {
  return earlier.atUs < message.atUs - windowUs;
}

function buildConversation(
  rootId: string,
  messages: readonly Message[],
  sourceUrl: string,
  size: PieceSize,
): BuiltConversation {
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
