import type { Turn } from '../../../knowledge/answer/Answer.ts';
import { spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import { snowflakeMs } from '../../../platforms/discord/snowflake.ts';
import type { Question } from '../../Chat.ts';
import { type QuestionParts, questionId } from '../questionId.ts';
import type { Room } from '../Room.ts';

/** Something that somebody wants to know. */
export interface Asked {
  readonly parts: QuestionParts;
  readonly personId: string;
  readonly text: string;
  readonly history?: readonly Turn[];
  /** What it goes on with, if it goes on with anything. */
  readonly threadId: string;
  /** Only the asker reads the answer: as what may be read in this server. */
  readonly privateIn?: string;
  /** Of an interaction. */
  readonly token?: string;
  /** The one source that it is to be answered from. */
  readonly sourceId?: number;
}

/** Turns what people want to know into questions, and hands them on. */
export interface Asking {
  /** Resolves when it is stored. @returns false when it is known already */
  ask(asked: Asked): Promise<boolean>;
}

export function createAsking(room: Room): Asking {
  async function readerOf({ parts, personId, privateIn }: Asked): Promise<Question['reader']> {
    if (privateIn !== undefined) return { kind: 'person', space: spaceOf(privateIn), personId };
    const key = await room.membership.sourceOf(parts.guildId, parts.channelId, personId);
    // A place that Discord does not show us is one of which nothing is known.
    return { kind: 'place', space: spaceOf(parts.guildId), channelId: key ?? parts.channelId };
  }

  return {
    async ask(asked) {
      const { parts, personId, text, threadId, token, sourceId } = asked;
      const id = questionId(parts);
      const reader = await readerOf(asked);
      const wasKnown = room.chat.expect(id);
      const isFresh = await room.accept({
        ...{ id, platform: 'discord', personId, channelId: parts.channelId, threadId, text, reader },
        history: asked.history ?? [],
        atMs: snowflakeMs(parts.kind === 'message' ? parts.messageId : parts.interactionId),
        ...(token === undefined ? {} : { replyTo: token }),
        ...(sourceId === undefined ? {} : { sourceId }),
      });
      if (!isFresh) wasKnown();
      return isFresh;
    },
  };
}
