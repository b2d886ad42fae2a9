import type { FakeDiscord } from '../../../../test/fakes/discord/FakeDiscord.ts';
import type { Interaction } from '../../../../test/fakes/discord/State.ts';
import { answerShownIn } from '../../../bots/discord/render/renderAnswer.ts';

export type Asked = Interaction;

/** What Discord saw of one command, in milliseconds of its clock. */
export interface Seen {
  readonly askedMs: number;
  readonly deferMs?: number;
  readonly answerMs?: number;
  /** Posts of the bot that show a finished answer to it. */
  readonly answers: number;
}

const isAnswer = (message: { content: string; components: unknown[] } | undefined) =>
  message !== undefined && answerShownIn(message) !== undefined;

export const hasAnswer = (asked: Asked) => isAnswer(asked.reply());

export function watch(fake: FakeDiscord, asked: readonly Asked[]): Seen[] {
  return asked.map((one) => {
    const own = fake
      .messages(one.channelId)
      .filter((message) => message.interaction?.id === one.id && isAnswer(message));
    const answerMs = own[0]?.editedMs ?? own[0]?.atMs;
    return {
      askedMs: one.atMs,
      ...(one.answeredMs === undefined ? {} : { deferMs: one.answeredMs }),
      ...(answerMs === undefined ? {} : { answerMs }),
      answers: own.length,
    };
  });
}
