import type { Question } from '../../Chat.ts';
import { readPrivateThread, readQuestionId } from '../questionId.ts';

/** Where an answer goes. */
export interface Destination {
  /** `channel`: everybody in it reads it; `pane`: a DM, the assistant's pane; `private`: only the asker sees it. */
  readonly kind: 'channel' | 'pane' | 'private';
  readonly channel: string;
  /** The thread's root; undefined where there is none to answer in. */
  readonly threadTs?: string;
  readonly personId: string;
  readonly responseUrl?: string;
}

export function destinationOf(question: Question): Destination {
  const { channelId: channel, personId, replyTo } = question;
  const parts = readQuestionId(question.id);
  if (!parts) {
    const threadTs = readPrivateThread(question.threadId);
    const thread = threadTs ? { threadTs } : {};
    return { kind: 'private', channel, personId, ...thread, ...(replyTo ? { responseUrl: replyTo } : {}) };
  }
  const kind = question.reader.kind === 'person' ? 'pane' : 'channel';
  return { kind, channel, threadTs: parts.threadTs, personId };
}
