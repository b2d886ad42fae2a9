import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeMessage } from '../../fakes/discord/State.ts';
import { answered, answerId } from './helpers.ts';
import { type DiscordBot, startDiscordBot } from './startDiscordBot.ts';

let bot: DiscordBot;
let post: FakeMessage;
let spot: { channelId: string; id: string };
beforeEach(async () => {
  bot = await startDiscordBot();
  await bot.connect();
  bot.says('At nine.');
  bot.asks('when is standup?');
  post = await answered(bot, bot.office.ops);
  await bot.respond.idle();
  spot = { channelId: bot.office.ops, id: post.id };
});
afterEach(async () => {
  const { violations } = bot.fake;
  await bot.stop();
  expect(violations).toEqual([]);
});

const present = (person: string) => bot.feedback.present(answerId(post), `discord:${person}`);
const votes = (person: string, expected: object) =>
  vi.waitFor(async () => expect(await present(person)).toEqual(expected));

describe('the buttons', () => {
  it('count a good answer, and say so to who clicked', async () => {
    const click = bot.fake.user(bot.office.tom).presses(spot, 'vote:up:*');
    await click.answered;
    expect(click.answer).toMatchObject({ type: 4, data: { flags: 64 } });
    expect(await present(bot.office.tom)).toEqual({ vote: 'up' });
  });

  it('ask what a bad answer should have said, the vote being kept already', async () => {
    const click = bot.fake.user(bot.office.mara).presses(spot, 'vote:down:*');
    await click.answered;
    expect(await present(bot.office.mara)).toEqual({ vote: 'down' });
    const sent = bot.fake.user(bot.office.mara).submits(click, { should: 'At ten, since May.' });
    await sent.answered;
    expect(await present(bot.office.mara)).toEqual({ vote: 'down', correction: 'At ten, since May.' });
  });

  it('take what it should have said without a vote', async () => {
    const click = bot.fake.user(bot.office.mara).presses(spot, 'should:*');
    await click.answered;
    await bot.fake.user(bot.office.mara).submits(click, { should: 'At ten.' }).answered;
    expect(await present(bot.office.mara)).toEqual({ correction: 'At ten.' });
  });
});

describe('thumbs', () => {
  it('of everybody count, in every colour', async () => {
    bot.fake.user(bot.office.mara).reacts(spot, '👍');
    bot.fake.user(bot.office.tom).reacts(spot, '👎🏽');
    await votes(bot.office.mara, { vote: 'up' });
    await votes(bot.office.tom, { vote: 'down' });
  });

  it('can be taken back; a vote the other way stands', async () => {
    bot.fake.user(bot.office.mara).reacts(spot, '👍');
    await votes(bot.office.mara, { vote: 'up' });
    bot.fake.user(bot.office.mara).reacts(spot, '👎');
    await votes(bot.office.mara, { vote: 'down' });
    bot.fake.user(bot.office.mara).unreacts(spot, '👍');
    bot.fake.user(bot.office.tom).reacts(spot, '👍');
    await votes(bot.office.tom, { vote: 'up' });
    expect(await present(bot.office.mara)).toEqual({ vote: 'down' });
    bot.fake.user(bot.office.mara).unreacts(spot, '👎');
    await votes(bot.office.mara, {});
  });

  it('count on an answer that nobody remembers, by what it says of itself', async () => {
    await bot.store.posts.remove({ platform: 'discord', channelId: spot.channelId, messageId: spot.id });
    bot.fake.user(bot.office.tom).reacts(spot, '👍🏿');
    await votes(bot.office.tom, { vote: 'up' });
  });

  it('on what others said, and other emoji, are nothing', async () => {
    const said = bot.fake.user(bot.office.mara).says(bot.office.ops, 'hello');
    bot.fake.user(bot.office.tom).reacts(said, '👍');
    bot.fake.user(bot.office.tom).reacts(spot, '🎉');
    bot.fake.user(bot.office.mara).reacts(spot, '👍');
    await votes(bot.office.mara, { vote: 'up' });
    expect(await bot.store.feedbackEvents.counts()).toEqual({ up: 1, down: 0, corrections: 0 });
  });
});

describe('"Save as answer"', () => {
  it('is for curators', async () => {
    const said = bot.fake.user(bot.office.tom).says(bot.office.ops, 'At ten.', { replyTo: spot.id, withoutPing: true });
    await bot.fake.user(bot.office.tom).usesMenu('Save as answer', said).answered;
    expect(await present(bot.office.tom)).toEqual({});
  });

  it('makes a reply what the bot should have said', async () => {
    await bot.halt();
    bot = await startDiscordBot({ before: bot, settings: { curators: [bot.office.tom] } });
    await bot.connect();
    const [said] = bot.fake.fill(bot.office.ops, [{ userId: bot.office.mara, text: 'At ten.', replyTo: spot.id }]);
    if (!said) throw new Error('nothing said');
    await bot.fake.user(bot.office.tom).usesMenu('Save as answer', said).answered;
    expect(await present(bot.office.tom)).toEqual({ correction: 'At ten.' });
  });
});
