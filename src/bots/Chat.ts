import type { Answer, Turn } from '../knowledge/answer/Answer.ts';
import type { Reader } from '../knowledge/Reader.ts';

export type PlatformName = 'web' | 'slack' | 'discord';

/** A question as it was put to the bot on some platform, stored in the inbox before it is acknowledged. */
export interface Question {
  /** Made from the platform's own event id, so that a redelivery is the same question. */
  readonly id: string;
  readonly platform: PlatformName;
  /** Who asked, in the platform's words (a person id; a web session). */
  readonly personId: string;
  /** Where the answer goes: a channel and, within it, a thread. Questions of one thread are answered in order. */
  readonly channelId: string;
  readonly threadId: string;
  readonly text: string;
  readonly atMs: number;
  readonly reader: Reader;
  readonly history: readonly Turn[];
  /** Where a private answer is sent, if not to the thread (Slack's response_url, the token of an interaction of Discord's); forgotten with the inbox's payload. */
  readonly replyTo?: string;
  /** The one source that it is to be answered from. */
  readonly sourceId?: number;
}

/** A post that grows. Text handed over has been checked and may be seen by people at once. */
export interface Posting {
  /** Shows a little more. Returns at once; the platform's pace is the implementation's business. */
  append(text: string): void;
  /** Replaces what was shown by the finished answer, with its citations and a way to vote. Resolves when it is posted. */
  finish(answer: Answer, traceId: string): Promise<void>;
  /** Says in one sentence that there is no answer, and the trace id. */
  fail(sentence: string, traceId: string): Promise<void>;
}

/**
 * One platform that people talk to the bot on.
 * An implementation owes: `begin` shows a sign at once, and called again for the same question goes on in the same
 * post (after a crash the platform is asked before anything is posted again), so that a question never has two answers.
 */
export interface Chat {
  readonly platform: PlatformName;
  begin(question: Question): Promise<Posting>;
  /** True when the finished answer of this question can already be read by people. */
  isAnswered(questionId: string): Promise<boolean>;
}
