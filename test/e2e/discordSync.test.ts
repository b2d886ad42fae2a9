import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFinished, shown } from '../bots/discord/helpers.ts';
import { type DiscordRoom, startDiscordRoom } from './discordRoom.ts';

const MOST_LOOKS = 300;
let room: DiscordRoom;

beforeEach(async () => {
  room = await startDiscordRoom();
});
afterEach(() => room.clean());

/** What is answered in the channel, to everybody. */
async function ask(question: string): Promise<string> {
  const asked = room.discord.user(room.bob).runs('ask', { question }, room.channel);
  await room.discord.when(() => {
    const post = asked.reply();
    return post !== undefined && isFinished(post);
  });
  return shown(asked.reply() as NonNullable<ReturnType<typeof asked.reply>>);
}
/** Looks until it is so; each look takes a second or so. */
async function until(holds: () => Promise<boolean>) {
  for (let i = 0; i < MOST_LOOKS; i++) if (await holds()) return;
  throw new Error('It did not come about.');
}
const search = async (words: string): Promise<string> => {
  const { json } = await room.run(['search', words, '--json']);
  return json.results.map(({ text }: { text: string }) => text).join('\n');
};

describe('Discord, while start runs', () => {
  it('what was said before is read, and what is said, edited and deleted shows in the next answer', async () => {
    const { discord, ann, channel } = room;
    discord.user(ann).says(channel, 'How does one reset the thermostat? Press the two arrows until it beeps.');
    await room.begin();
    await until(async () => (await search('reset the thermostat')).includes('two arrows'));
    const late = discord.user(ann).says(channel, 'The badge printer stands on the third floor, beside the lift.');
    await until(async () => (await search('badge printer')).includes('third floor'));
    expect(await ask('Where is the badge printer?')).toContain('third floor');
    discord.user(ann).edits(late, 'The badge printer stands on the fourth floor, beside the lift.');
    await until(async () => (await search('badge printer')).includes('fourth floor'));
    expect(await ask('Where is the badge printer?')).not.toContain('third floor');
    discord.user(ann).deletes(late);
    await until(async () => !(await search('badge printer')).includes('floor'));
    expect(await ask('Where is the badge printer?')).not.toContain('fourth floor');
    const { json } = await room.run(['status', '--json']);
    expect(json.sync.freshness).toMatchObject([{ kind: 'discord', name: '#building', failures: 0 }]);
    expect(json.sync.live).toMatchObject({ events: expect.any(Number) });
    expect(discord.violations).toEqual([]);
    expect(await room.stop()).toBe(0);
  });

  it('a question that was missed while the session was lost is answered, once', async () => {
    const { discord, channel } = room;
    await room.begin();
    await until(async () => {
      const { json } = await room.run(['status', '--json']);
      return json.sync.freshness[0]?.lastSuccessAt !== undefined;
    });
    discord.gateway.forget();
    discord.gateway.refuse(true);
    const question = room.says(channel);
    discord.gateway.refuse(false);
    await discord.when(() => room.posts(question).some(isFinished));
    const next = room.says(channel);
    await room.answered(next);
    expect(room.posts(question)).toHaveLength(1);
    expect(await room.stop()).toBe(0);
  });
});
