import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answered, isFinished, mention, until } from './helpers.ts';
import { type DiscordBot, startDiscordBot } from './startDiscordBot.ts';

let bot: DiscordBot;
beforeEach(async () => {
  bot = await startDiscordBot();
  await bot.connect();
  // Once somebody was answered, everything about the server is known.
  bot.asks('hello?');
  await answered(bot, bot.office.ops);
});
afterEach(() => bot.stop());

const space = () => `discord:${bot.office.guild}`;
const audiencesOf = (reader: { kind: 'place'; channelId: string } | { kind: 'person'; personId: string }) =>
  bot.store.audiences({ ...reader, space: space() }).map(({ id }) => id);
const readable = (personId: string) =>
  bot.store.sources.readable(space(), audiencesOf({ kind: 'person', personId })).map(({ key }) => key);
const placeReads = (channelId: string) =>
  bot.store.sources.readable(space(), audiencesOf({ kind: 'place', channelId })).map(({ key }) => key);

/** Asks in private, so that what the asker may read is looked up. */
async function asksInPrivate(person: string) {
  const asked = bot.asks('what?', { private: true }, person);
  await bot.fake.when(() => isFinished(asked.reply()));
  await bot.respond.idle();
}

describe('a server', () => {
  it('is a space, and an island', async () => {
    const other = bot.fake.addGuild('Other', { members: [bot.office.mara] });
    const lobby = bot.fake.addChannel(other, 'lobby');
    bot.asks('hello?', {}, bot.office.mara, lobby);
    await answered(bot, lobby);
    const spaces = await bot.store.spaces.list();
    expect(spaces.map(({ id, name }) => [id, name]).sort()).toEqual(
      [
        [space(), 'Acme'],
        [`discord:${other}`, 'Other'],
      ].sort(),
    );
    expect(placeReads(bot.office.ops)).not.toContain(lobby);
    expect(bot.scripted.requests.at(-1)?.reader).toEqual({
      kind: 'place',
      space: `discord:${other}`,
      channelId: lobby,
    });
  });
});

describe('a channel', () => {
  it('that @everyone may read is for everybody; a closed one for those whose roles say so', async () => {
    await asksInPrivate(bot.office.mara);
    await asksInPrivate(bot.office.tom);
    expect(readable(bot.office.mara)).toEqual(expect.arrayContaining([bot.office.ops, bot.office.board]));
    expect(readable(bot.office.tom)).toContain(bot.office.ops);
    expect(readable(bot.office.tom)).not.toContain(bot.office.board);
    expect(placeReads(bot.office.ops)).not.toContain(bot.office.board);
    expect(placeReads(bot.office.board)).toContain(bot.office.board);
  });

  it('that is made private is private at once, and open again when it is opened', async () => {
    await asksInPrivate(bot.office.tom);
    bot.fake.makePrivate(bot.office.ops, [bot.office.boardRole]);
    await until(() => !readable(bot.office.tom).includes(bot.office.ops));
    bot.fake.makePublic(bot.office.ops);
    await until(() => readable(bot.office.tom).includes(bot.office.ops));
  });

  it('that keeps somebody out is not for everybody', async () => {
    await asksInPrivate(bot.office.tom);
    bot.fake.overwrite(bot.office.ops, bot.office.tom, { deny: ['ViewChannel'] });
    await until(() => !readable(bot.office.tom).includes(bot.office.ops));
    const other = bot.fake.addChannel(bot.office.guild, 'other');
    await until(() => placeReads(other).includes(other));
    expect(placeReads(other)).not.toContain(bot.office.ops);
  });

  it('that is read by the same people as another shares what is known with it', async () => {
    const second = bot.fake.addChannel(bot.office.guild, 'board-two');
    bot.fake.makePrivate(second, [bot.office.boardRole]);
    await until(() => placeReads(second).includes(bot.office.board));
  });

  it('that is deleted is nobody’s', async () => {
    await asksInPrivate(bot.office.tom);
    bot.fake.deleteChannel(bot.office.ops);
    await until(() => !readable(bot.office.tom).includes(bot.office.ops));
  });
});

describe('a person', () => {
  it('whose role is taken away reads no more from the next question on', async () => {
    await asksInPrivate(bot.office.mara);
    expect(readable(bot.office.mara)).toContain(bot.office.board);
    bot.fake.takeRole(bot.office.guild, bot.office.mara, bot.office.boardRole);
    await asksInPrivate(bot.office.mara);
    expect(readable(bot.office.mara)).not.toContain(bot.office.board);
  });

  it('reads no more when the role itself loses its rights', async () => {
    const all = bot.fake.addRole(bot.office.guild, 'all-seeing', ['Administrator'], [bot.office.tom]);
    await asksInPrivate(bot.office.tom);
    expect(readable(bot.office.tom)).toContain(bot.office.board);
    bot.fake.changeRole(bot.office.guild, all, []);
    await until(() => !readable(bot.office.tom).includes(bot.office.board));
  });

  it('who left the server is answered from nothing of it', async () => {
    await asksInPrivate(bot.office.mara);
    const dm = bot.fake.dm(bot.office.mara);
    bot.fake.removeMember(bot.office.guild, bot.office.mara);
    bot.fake.clock.advance(10_000);
    bot.fake.user(bot.office.mara).says(dm, 'still there?');
    await until(() => readable(bot.office.mara).length === 0);
    expect(bot.scripted.requests.map(({ question }) => question)).not.toContain('still there?');
  });
});

describe('a private thread', () => {
  it('is a source of its own, for those who are in it', async () => {
    const thread = bot.fake
      .user(bot.office.mara)
      .opensThread(bot.office.ops, 'secret', { isPrivate: true, members: [bot.fake.botUserId] });
    bot.fake.user(bot.office.mara).says(thread, mention(bot, 'what now?'));
    await answered(bot, thread);
    await asksInPrivate(bot.office.mara);
    await asksInPrivate(bot.office.tom);
    expect(bot.scripted.requests[1]?.reader).toMatchObject({ kind: 'place', channelId: thread });
    expect(readable(bot.office.mara)).toContain(thread);
    expect(readable(bot.office.tom)).not.toContain(thread);
    expect(placeReads(bot.office.ops)).not.toContain(thread);
  });
});
