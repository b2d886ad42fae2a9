import { snowflakeMs } from '../../../platforms/discord/snowflake.ts';
import type { Question } from '../../Chat.ts';
import { readQuestionId } from '../questionId.ts';

/** Where an answer goes. */
export interface Destination {
  readonly channelId: string;
  readonly personId: string;
  /** The message that is answered. */
  readonly messageId?: string;
  readonly interaction?: {
    readonly id: string;
    /** Empty when it is not known any more. */
    readonly token: string;
    readonly begunMs: number;
    readonly isPrivate: boolean;
  };
}

export function destinationOf({ id, channelId, personId, replyTo }: Question): Destination {
  const parts = readQuestionId(id);
  if (parts?.kind === 'message') return { channelId, personId, messageId: parts.messageId };
  if (!parts) return { channelId, personId };
  const { interactionId, isPrivate } = parts;
  const begunMs = snowflakeMs(interactionId);
  return { channelId, personId, interaction: { id: interactionId, token: replyTo ?? '', begunMs, isPrivate } };
}
