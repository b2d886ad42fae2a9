import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answered, isFinished, mention, until } from './helpers.ts';
import { type DiscordBot, startDiscordBot } from './startDiscordBot.ts';

let bot: DiscordBot;
beforeEach(async () => {
  bot = await startDiscordBot();
  await bot.connect();
});
afterEach(() => bot.stop());

const say = () => bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, 'when?'));
const posts = () => bot.ofBot(bot.office.ops);

/** The process ends at this moment, and another one begins with what is on disk. */
async function restart(text = 'At nine.') {
  await bot.halt();
  bot = await startDiscordBot({ before: bot });
  bot.says(text);
  await bot.connect();
}

async function expectOne(text = 'At nine.') {
  await bot.fake.when(() => posts().some((post) => isFinished(post) && post.content.includes(text)));
  await bot.respond.idle();
  expect(posts()).toHaveLength(1);
}

describe('after the process ended', () => {
  it('with the sign shown, the answer comes in its place', async () => {
    bot.scripted.hold();
    say();
    await bot.fake.when(() => posts().length === 1);
    await restart();
    await expectOne();
  });

  it('with half of it streamed, the rest replaces it', async () => {
    bot.scripted.hold();
    bot.scripted.says({ pieces: ['Half of '] });
    say();
    await bot.fake.when(() => posts().length === 1);
    bot.scripted.step();
    await bot.fake.when(() => posts()[0]?.content.includes('Half of') ?? false);
    await restart();
    await expectOne();
    expect(posts()[0]?.content).not.toContain('Half of');
  });

  it('between Discord’s taking the sign and our noting it, it is found by Discord', async () => {
    bot.scripted.hold();
    say();
    await bot.fake.when(() => posts().length === 1);
    await bot.halt();
    await bot.store.posts.remove({ platform: 'discord', channelId: bot.office.ops, messageId: posts()[0]?.id ?? '' });
    await restart();
    await expectOne();
  });

  it('between Discord’s taking the answer and our noting it, nothing is posted again', async () => {
    bot.says('At nine.');
    const said = say();
    const post = await answered(bot, bot.office.ops);
    await bot.respond.idle();
    await bot.halt();
    await bot.store.posts.remove({ platform: 'discord', channelId: bot.office.ops, messageId: post.id });
    const id = `discord:m:${bot.office.guild}:${bot.office.ops}:${said.id}`;
    const question = {
      ...{ id, platform: 'discord', personId: bot.office.mara, channelId: bot.office.ops, threadId: said.id },
      ...{ text: 'when?', atMs: 1, history: [] },
      reader: { kind: 'place', space: `discord:${bot.office.guild}`, channelId: bot.office.ops },
    };
    await bot.store.inbox.accept({ id: `again ${id}`, platform: 'discord', payload: JSON.stringify(question) });
    const writes = () =>
      bot.fake.calls().filter(({ route }) => /^(POST|PATCH) \/(channels|webhooks)/.test(route)).length;
    const before = writes();
    await restart('Something else.');
    await bot.respond.idle();
    expect(writes()).toBe(before);
  });

  it('a message that came while nobody was there comes with the resumed session', async () => {
    await bot.halt();
    say();
    await restart();
    await expectOne();
    expect(bot.fake.gateway.resumed).toBe(1);
  });

  it('a session that cannot be resumed means that something was missed, and a new one begins', async () => {
    const missed: (readonly string[])[] = [];
    await bot.halt();
    bot.fake.gateway.forget();
    bot = await startDiscordBot({ before: bot, onMissed: (spaces) => missed.push(spaces) });
    await bot.connect();
    await until(() => missed.length > 0);
    bot.says('At nine.');
    say();
    await expectOne();
  });

  it('with /ask deferred, the answer comes in its place', async () => {
    bot.scripted.hold();
    const asked = bot.asks('when?');
    await asked.answered;
    await until(() => bot.scripted.requests.length === 1);
    await restart();
    await bot.fake.when(() => isFinished(asked.reply()));
    await bot.respond.idle();
    expect(posts()).toHaveLength(1);
  });

  it('with /ask in private open, its asker is answered once', async () => {
    bot.scripted.hold();
    const asked = bot.asks('when?', { private: true });
    await asked.answered;
    await until(() => bot.scripted.requests.length === 1);
    await restart();
    await bot.fake.when(() => isFinished(asked.reply()));
    await bot.respond.idle();
    expect(bot.fake.ephemerals(bot.office.mara).filter(isFinished)).toHaveLength(1);
    expect(posts()).toEqual([]);
  });

  it('with the quarter of an hour over, /ask is answered in the channel, once', async () => {
    bot.scripted.hold();
    const asked = bot.asks('when?');
    await asked.answered;
    await until(() => bot.scripted.requests.length === 1);
    await bot.halt();
    bot.fake.clock.advance(16 * 60_000);
    await restart();
    await bot.fake.when(() => posts().some(isFinished));
    await bot.respond.idle();
    expect(posts().filter(isFinished)).toHaveLength(1);
    expect(posts().filter(isFinished)[0]?.content).toContain('At nine.');
  });

  it('and it was in private, it is told to its asker directly', async () => {
    bot.scripted.hold();
    const asked = bot.asks('when?', { private: true });
    await asked.answered;
    await until(() => bot.scripted.requests.length === 1);
    await bot.halt();
    bot.fake.clock.advance(16 * 60_000);
    await restart();
    const dm = bot.fake.dm(bot.office.mara);
    await bot.fake.when(() => bot.ofBot(dm).some(isFinished));
    await bot.respond.idle();
    expect(bot.ofBot(dm)).toHaveLength(1);
    expect(posts()).toEqual([]);
  });

  it('registers nothing again', async () => {
    await restart();
    await restart();
    expect(bot.fake.calls('PUT /applications/:application/commands')).toHaveLength(1);
  });
});
