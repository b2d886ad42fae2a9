import type { SlackBot } from './startSlackBot.ts';

type Post = { readonly text: string; readonly blocks?: unknown; readonly metadata?: unknown };

/** All that people see of a message. */
export const shown = (post: Post | undefined) => JSON.stringify([post?.text, post?.blocks]);

/** Whether an answer is finished, by what it says of itself. */
export const isFinished = (post: Post | undefined) =>
  Boolean((post?.metadata as { event_payload?: { answer_id?: string } } | undefined)?.event_payload?.answer_id);

/** The id of the answer that a post shows. */
export const answerId = (post: Post | undefined) =>
  (post?.metadata as { event_payload?: { answer_id?: string } } | undefined)?.event_payload?.answer_id ?? '';

/** Waits until a thread has so many finished answers; returns the last. */
export async function answered(bot: SlackBot, channel: string, threadTs: string, count = 1) {
  const finished = () => bot.answers(channel, threadTs).filter(isFinished);
  await bot.fake.when(() => finished().length === count);
  const last = finished().at(-1);
  if (!last) throw new Error('no answer');
  return last;
}

export const mention = (bot: SlackBot, text: string) => `<@${bot.fake.botUserId}> ${text}`;
