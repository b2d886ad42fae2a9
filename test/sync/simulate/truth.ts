import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '../../../src/knowledge/Message.ts';
import { readSlackMessage } from '../../../src/platforms/slack/readMessage.ts';
import type { FakeSlack } from '../../fakes/slack/FakeSlack.ts';
import type { FakeMessage } from '../../fakes/slack/State.ts';

/** A message as Slack's export writes it. */
function rawOf(fake: FakeSlack, channel: string, message: FakeMessage): Record<string, unknown> {
  const { ts, user, text, blocks, threadTs, subtype, edited, reactions, extra, botId } = message;
  const replies = fake.thread(channel, ts).filter((one) => one.ts !== ts);
  return {
    ...{ type: 'message', ts, text, user },
    ...(subtype ? { subtype } : {}),
    ...(botId ? { bot_id: botId } : {}),
    ...(blocks ? { blocks } : {}),
    ...(edited ? { edited } : {}),
    ...(threadTs ? { thread_ts: threadTs } : {}),
    ...(replies.length > 0 ? { thread_ts: ts, reply_count: replies.length } : {}),
    ...(reactions.size > 0
      ? { reactions: [...reactions].map(([name, users]) => ({ name, users: [...users], count: users.size })) }
      : {}),
    ...(extra as Record<string, unknown>),
  };
}

/** What a channel truly says now, read from the platform's own state, past all of sync. */
export function truthOf(fake: FakeSlack, channel: string, left: ReadonlySet<string> = new Set()): Message[] {
  const { teamId, domain, botUserId } = fake;
  const context = {
    channelId: channel,
    teamId,
    domain,
    isBot: (id: string) => id === botUserId || id.startsWith('UBOT'),
  };
  return fake.messages(channel).flatMap((message) => {
    const reading = readSlackMessage(rawOf(fake, channel, message), context);
    return 'skipped' in reading || left.has(reading.personId) ? [] : [reading];
  });
}

/** Writes an export of the workspace as it is now. */
export async function writeExport(
  fake: FakeSlack,
  folder: string,
  channels: readonly string[],
  people: readonly string[],
) {
  const write = async (name: string, content: unknown) => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), JSON.stringify(content));
  };
  await write(
    'users.json',
    people.map((id) => ({ id, team_id: fake.teamId, name: id.toLowerCase(), is_bot: id.startsWith('UBOT') })),
  );
  await write(
    'channels.json',
    channels.map((id) => ({ id, name: fake.channel(id).name, members: people })),
  );
  for (const id of channels) {
    const messages = fake.messages(id).map((message) => rawOf(fake, id, message));
    await write(join(fake.channel(id).name, '2026-10-01.json'), messages);
  }
}
