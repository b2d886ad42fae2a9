import { z } from 'zod';
import type { Turn } from '../../../knowledge/answer/Answer.ts';
import { spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import { isThread } from '../../../platforms/discord/server/facts.ts';
import { bySnowflake } from '../../../platforms/discord/snowflake.ts';
import type { Said } from '../intake/schemas.ts';
import type { Room } from '../Room.ts';
import { messageText } from './messageText.ts';

const TURN_CHARACTERS = 1_500;
/** A direct conversation goes on with what was asked last, until there was a rest. */
const REST_MS = 30 * 60_000;
/** Of the bucket's requests, so many are left to looking what was posted. */
const LEFT_TO_OTHERS = 2;

const message = z.looseObject({
  id: z.string(),
  author: z
    .looseObject({ id: z.string(), bot: z.boolean().catch(false) })
    .optional()
    .catch(undefined),
});

type Spot = { readonly guildId: string; readonly channelId: string; readonly atMs: number };

/**
 * What a question in a place goes on with: the thread it stands in, the question whose answer it replies to, in a direct
 * conversation the one before; else itself.
 */
export async function threadOf(room: Room, spot: Spot, repliedTo: string | undefined, own: string): Promise<string> {
  const { channelId, guildId, atMs } = spot;
  const post = repliedTo ? room.store.posts.find('discord', channelId, repliedTo) : undefined;
  const answered = post?.answerId ? await room.store.answers.find(post.answerId) : undefined;
  if (answered) return answered.question.threadId;
  const type = room.servers.get(guildId)?.channels.get(channelId)?.type;
  if (type !== undefined && isThread(type)) return channelId;
  if (guildId !== '0') return own;
  const [last] = await room.store.threads.list('discord', channelId, 1);
  return last && atMs - last.askedMs < REST_MS ? last.threadId : own;
}

/**
 * What people said in a thread before a message, the last `settings.threadMessages`, or the message that it replies to.
 * What was asked and answered is left out, since it is known. Under load, or where Discord does not show it, nothing.
 */
export async function historyOf(room: Room, said: Said, threadId: string): Promise<Turn[]> {
  const guildId = said.guild_id ?? '0';
  const asked = await room.store.answers.thread('discord', said.channel_id, threadId);
  const known = new Set(asked.map(({ question }) => question.id.split(':').at(-1)));
  const before = threadId === said.channel_id ? await readBefore(room, said) : [said.referenced_message];
  const people = before.flatMap((one) => {
    const read = message.safeParse(one).data;
    if (!read?.author || read.author.bot || read.author.id === room.identity.botUserId || known.has(read.id)) return [];
    return [{ id: read.id, personId: read.author.id, text: messageText(room, guildId, said.channel_id, one) }];
  });
  const names = room.store.names.people(
    spaceOf(guildId),
    people.map(({ personId }) => personId),
  );
  return people
    .filter(({ text }) => text !== '')
    .sort((a, b) => bySnowflake(a.id, b.id))
    .map(({ personId, text }): Turn => {
      const name = names.get(personId);
      return { role: 'person', text: `${name ? `${name}: ` : ''}${text.slice(0, TURN_CHARACTERS).toWellFormed()}` };
    });
}

async function readBefore({ api, settings, log }: Room, said: Said): Promise<unknown[]> {
  if (settings.threadMessages === 0) return [];
  const path = `/channels/${said.channel_id}/messages`;
  if (!api.budget.tryTake({ method: 'GET', path, priority: 'show' }, LEFT_TO_OTHERS)) return [];
  const query = { before: said.id, limit: String(Math.min(100, settings.threadMessages)) };
  const options = { answer: z.array(z.unknown()), priority: 'show' as const, brief: true, taken: true, query };
  try {
    return await api.call('GET', path, options);
  } catch (error) {
    log.debug({ err: error }, 'a question is answered without its thread');
    return [];
  }
}
