import { expect, vi } from 'vitest';
import { answerShownIn } from '../../../src/bots/discord/render/renderAnswer.ts';
import type { FakeMessage } from '../../fakes/discord/State.ts';
import type { DiscordBot } from './startDiscordBot.ts';

type Post = Pick<FakeMessage, 'content' | 'components'> | undefined;

/** All that people see of a message. */
export const shown = (post: Post) => JSON.stringify([post?.content, post?.components]);

/** The id of the answer that a post shows finished. */
export const answerId = (post: Post) => (post ? (answerShownIn(post) ?? '') : '');
export const isFinished = (post: Post) => answerId(post) !== '';

export const mention = (bot: DiscordBot, text: string) => `<@${bot.fake.botUserId}> ${text}`;

/** Waits until a channel has so many finished answers; returns the last. */
export async function answered(bot: DiscordBot, channelId: string, count = 1): Promise<FakeMessage> {
  const finished = () => bot.ofBot(channelId).filter(isFinished);
  await bot.fake.when(() => finished().length === count);
  return finished().at(-1) as FakeMessage;
}

/** Waits for something of ours, of which Discord hears nothing. */
export const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 10_000 });
