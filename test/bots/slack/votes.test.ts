import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answered, answerId, mention } from './helpers.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

let bot: SlackBot;
let spot: { channel: string; ts: string };
let answer: string;
beforeEach(async () => {
  bot = await startSlackBot({ settings: { curators: ['U2'] } });
  await bot.connect();
  bot.says('At nine.');
  const said = bot.fake.user('U1').says('C1', mention(bot, 'when is standup?'));
  const post = await answered(bot, 'C1', said.ts);
  spot = { channel: 'C1', ts: post.ts };
  answer = answerId(post);
});
afterEach(async () => {
  const { violations } = bot.fake;
  await bot.stop();
  expect(violations).toEqual([]);
});

const voter = (person: string) => `slack:${bot.fake.teamId}:${person}`;
const present = (person: string) => bot.feedback.present(answer, voter(person));
const votes = (person: string, expected: object) =>
  vi.waitFor(async () => expect(await present(person)).toEqual(expected));
const told = (person: string) => bot.fake.ephemerals(person).map(({ text, blocks }) => JSON.stringify([text, blocks]));
const isTold = (person: string, text: string) => bot.fake.when(() => told(person).some((one) => one.includes(text)));

describe('the buttons', () => {
  it('count a good answer, and say so to who clicked', async () => {
    expect(await bot.fake.user('U2').clicks(spot, 'positive_button')).toMatchObject({ isAcked: true });
    expect(await present('U2')).toEqual({ vote: 'up' });
    await isTold('U2', 'Noted: 👍');
    expect(told('U1')).toEqual([]);
  });

  it('are on disk before they are acknowledged, and once however often they come', async () => {
    await bot.fake.user('U2').clicks(spot, 'positive_button');
    await bot.fake.user('U2').clicks(spot, 'negative_button');
    expect(await present('U2')).toEqual({ vote: 'down' });
    expect(await bot.store.feedbackEvents.counts()).toEqual({ up: 0, down: 1, corrections: 0 });
  });

  it('ask what was wrong with a bad answer, and keep what it should have been', async () => {
    await bot.fake.user('U1').clicks(spot, 'negative_button');
    expect(await present('U1')).toEqual({ vote: 'down' });
    await bot.fake.when(() => bot.fake.views('U1').length === 1);
    await bot.fake.user('U1').submits('vote_reason', { reason: 'out-of-date', should: 'At ten, since May.' });
    expect(await present('U1')).toEqual({ vote: 'down', reason: 'out-of-date', correction: 'At ten, since May.' });
    await isTold('U1', 'Your correction is kept');
    expect(bot.fake.views('U1')).toEqual([]);
  });

  it('keep the vote when the question why is closed half-way', async () => {
    await bot.fake.user('U1').clicks(spot, 'negative_button');
    await bot.fake.when(() => bot.fake.views('U1').length === 1);
    await bot.fake.user('U1').closes('vote_reason');
    expect(await present('U1')).toEqual({ vote: 'down' });
  });

  it('ask again by a button when the modal could not be opened in time', async () => {
    bot.fake.fail({ kind: 'error', error: 'expired_trigger_id' }, { method: 'views.open' });
    await bot.fake.user('U1').clicks(spot, 'negative_button');
    await isTold('U1', 'tell_more');
    const [whisper] = bot.fake.ephemerals('U1');
    await bot.fake.user('U1').clicks({ channel: 'C1', ts: whisper?.ts ?? '' }, 'tell_more');
    await bot.fake.when(() => bot.fake.views('U1').length === 1);
  });
});

describe('thumbs', () => {
  it('of everybody count, in every colour', async () => {
    bot.fake.user('U1').reacts(spot, '+1');
    bot.fake.user('U2').reacts(spot, 'thumbsdown::skin-tone-3');
    await votes('U1', { vote: 'up' });
    await votes('U2', { vote: 'down' });
    await isTold('U1', 'Noted: 👍');
    await isTold('U2', 'What was wrong with it?');
  });

  it('that are taken back are taken back', async () => {
    bot.fake.user('U1').reacts(spot, '+1::skin-tone-5');
    await votes('U1', { vote: 'up' });
    bot.fake.user('U1').unreacts(spot, '+1::skin-tone-5');
    await votes('U1', {});
    await isTold('U1', 'taken back');
  });

  it('the last one counts, and the one before does not take it away', async () => {
    bot.fake.user('U1').reacts(spot, '+1');
    bot.fake.user('U1').reacts(spot, '-1');
    await votes('U1', { vote: 'down' });
    bot.fake.user('U1').unreacts(spot, '+1');
    bot.fake.user('U2').reacts(spot, '+1');
    await votes('U2', { vote: 'up' });
    expect(await present('U1')).toEqual({ vote: 'down' });
  });

  it('count once when the event comes again', async () => {
    bot.fake.user('U1').reacts(spot, '+1');
    await votes('U1', { vote: 'up' });
    const event = bot.fake.events.sent.findLast(({ type }) => type === 'reaction_added');
    bot.fake.user('U1').unreacts(spot, '+1');
    await votes('U1', {});
    bot.fake.events.redeliver(event?.eventId ?? '');
    bot.fake.user('U2').reacts(spot, '+1');
    await votes('U2', { vote: 'up' });
    expect(await present('U1')).toEqual({});
  });

  it('on an answer that we have no note of are found by what the message says of itself', async () => {
    await bot.store.posts.remove({ platform: 'slack', channelId: 'C1', messageId: spot.ts });
    bot.fake.user('U1').reacts(spot, '-1');
    await votes('U1', { vote: 'down' });
  });

  it('and other emoji on other messages are nobody’s vote', async () => {
    const said = bot.fake.user('U2').says('C1', 'lunch?');
    bot.fake.user('U1').reacts(said, '+1');
    bot.fake.user('U1').reacts(spot, 'tada');
    bot.fake.user('U2').reacts(spot, '+1');
    await votes('U2', { vote: 'up' });
    expect(await bot.store.feedbackEvents.counts()).toEqual({ up: 1, down: 0, corrections: 0 });
  });

  it('below lead to the question why by a button', async () => {
    bot.fake.user('U2').reacts(spot, '-1');
    await isTold('U2', 'tell_more');
    const [whisper] = bot.fake.ephemerals('U2');
    await bot.fake.user('U2').clicks({ channel: 'C1', ts: whisper?.ts ?? '' }, 'tell_more');
    await bot.fake.when(() => bot.fake.views('U2').length === 1);
    await bot.fake.user('U2').submits('vote_reason', { reason: 'wrong', should: '' });
    await isTold('U2', 'That helps');
    expect(await present('U2')).toEqual({ vote: 'down', reason: 'wrong' });
  });
});

describe('"Save as answer"', () => {
  async function reply(text = 'Since May it is at ten.') {
    const root = bot.fake.message('C1', spot.ts)?.threadTs ?? '';
    return bot.fake.user('U1').says('C1', text, { thread: root });
  }

  it('makes a good reply a correction, for those who are named', async () => {
    await bot.fake.user('U2').usesShortcut('save_as_answer', await reply());
    expect(await present('U2')).toEqual({ correction: 'Since May it is at ten.' });
    await isTold('U2', 'Saved.');
  });

  it('is refused to the others with a word', async () => {
    await bot.fake.user('U1').usesShortcut('save_as_answer', await reply());
    await isTold('U1', 'people whom the operator');
    expect(await present('U1')).toEqual({});
  });

  it('says so where there is no answer to correct', async () => {
    const said = bot.fake.user('U1').says('C1', 'unrelated');
    await bot.fake.user('U2').usesShortcut('save_as_answer', said);
    await isTold('U2', 'no answer of mine');
  });
});
