import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reader } from '../../../src/knowledge/Reader.ts';
import { answered, mention, shown } from './helpers.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

let bot: SlackBot;
let space: string;
const start = async (options?: Parameters<typeof startSlackBot>[0]) => {
  bot = await startSlackBot(options);
  await bot.connect();
  space = `slack:${bot.fake.teamId}`;
  await vi.waitFor(() => expect(bot.store.sources.readable(space)).toHaveLength(3));
};
afterEach(async () => {
  const { violations } = bot.fake;
  await bot.stop();
  expect(violations).toEqual([]);
});

/** The channels that a reader may read, by the database's word. */
function readable(reader: Reader): string[] {
  const audiences = bot.store.audiences(reader).map(({ id }) => id);
  return bot.store.sources
    .readable(space, audiences)
    .map(({ key }) => key)
    .sort();
}
const inPlace = (channelId: string) => readable({ kind: 'place', space, channelId });
const forPerson = (personId: string) => readable({ kind: 'person', space, personId });
const everybody = () => readable({ kind: 'everybody', spaces: [space] });
const becomes = (read: () => string[], expected: string[]) => vi.waitFor(() => expect(read()).toEqual(expected));

describe('who may read what', () => {
  beforeEach(() => start());

  it('in a channel is what everybody in it may read, guests counted', () => {
    expect(inPlace('C1')).toEqual(['C1', 'C2']);
    // A guest is in it, who may read nothing else.
    expect(inPlace('C2')).toEqual(['C2']);
    expect(inPlace('C3')).toEqual(['C1', 'C2', 'C3']);
    expect(everybody()).toEqual(['C1', 'C2']);
  });

  it('for a person is what they may read', () => {
    expect(forPerson('U1')).toEqual(['C1', 'C2', 'C3']);
    expect(forPerson('U2')).toEqual(['C1', 'C2']);
    expect(forPerson('U9')).toEqual(['C2']);
    expect(forPerson('U404')).toEqual([]);
  });

  it('follows those who come and go', async () => {
    bot.fake.invite('C3', 'U2');
    await becomes(() => forPerson('U2'), ['C1', 'C2', 'C3']);
    bot.fake.kick('C3', 'U2');
    await becomes(() => forPerson('U2'), ['C1', 'C2']);
    bot.fake.invite('C1', 'U9');
    await becomes(() => inPlace('C1'), ['C1']);
    bot.fake.kick('C1', 'U9');
    await becomes(() => inPlace('C1'), ['C1', 'C2']);
  });

  it('follows who becomes a guest', async () => {
    bot.fake.changeUser('U2', { guest: 'multi-channel' });
    await becomes(() => forPerson('U2'), ['C1', 'C2']);
    await becomes(() => inPlace('C1'), ['C1']);
    expect(everybody()).toEqual(['C1', 'C2']);
  });

  it('loses a channel at once that is made private', async () => {
    bot.fake.convert('C1', 'private');
    await becomes(everybody, ['C2']);
    expect(forPerson('U9')).toEqual(['C2']);
    await becomes(() => forPerson('U1'), ['C1', 'C2', 'C3']);
    bot.fake.convert('C1', 'public');
    await becomes(everybody, ['C1', 'C2']);
  });

  it('makes an island of a channel that is shared with others', async () => {
    bot.fake.change('C1', 'shared');
    await becomes(() => inPlace('C1'), ['C1']);
    expect(everybody()).toEqual(['C2']);
    expect(forPerson('U1')).toEqual(['C1', 'C2', 'C3']);
    bot.fake.addUser('U404');
    expect(forPerson('U404')).toEqual([]);
  });

  it('closes a channel that is deleted, and one that the bot was removed from', async () => {
    bot.fake.change('C1', 'deleted');
    await becomes(everybody, ['C2']);
    bot.fake.kick('C3', bot.fake.botUserId);
    await becomes(() => forPerson('U1'), ['C2']);
  });

  it('knows people and channels by their names', async () => {
    bot.fake.rename('C1', 'operations');
    await vi.waitFor(() => expect(bot.store.names.channels(space, ['C1']).get('C1')).toBe('#operations'));
    expect(bot.store.names.people(space, ['U1']).get('U1')).toBe('mara');
  });
});

describe('what was missed', () => {
  it('while it was down is seen at the start', async () => {
    await start();
    await bot.halt();
    bot.fake.convert('C1', 'private');
    bot.fake.invite('C3', 'U2');
    const before = bot;
    bot = await startSlackBot({ fake: before.fake, store: before.opened });
    await bot.connect();
    await becomes(everybody, ['C2']);
    await becomes(() => forPerson('U2'), ['C1', 'C2', 'C3']);
  });

  it('is looked up before an answer when it is older than the config allows', async () => {
    await start({ membershipFreshMs: 60_000 });
    bot.fake.events.subscribe(['app_mention']);
    bot.fake.convert('C2', 'private');
    bot.fake.invite('C1', 'U9');
    expect(inPlace('C1')).toEqual(['C1', 'C2']);
    bot.fake.clock.advance(61_000);
    const { ts } = bot.fake.user('U1').says('C1', mention(bot, 'now?'));
    await answered(bot, 'C1', ts);
    expect(inPlace('C1')).toEqual(['C1']);
  });

  it('and cannot be looked up is not used: it says so', async () => {
    await start({ membershipFreshMs: 60_000 });
    bot.fake.clock.advance(61_000);
    bot.fake.fail({ kind: 'error', error: 'access_denied' }, { method: 'conversations.list', times: 99 });
    const { ts } = bot.fake.user('U1').says('C1', mention(bot, 'now?'));
    expect(shown(await answered(bot, 'C1', ts))).toContain('Slack does not tell me right now who can read along');
    expect(bot.scripted.requests.map(({ reader }) => reader)).toEqual([{ kind: 'everybody', spaces: [] }]);
  });

  it('in a workspace of thousands is listed, not asked for one by one', async () => {
    bot = await startSlackBot({ isBare: true });
    const people = Array.from({ length: 1200 }, (_, i) => `U${1000 + i}`);
    for (const [i, id] of people.entries()) bot.fake.addUser(id, { guest: i === 700 ? 'single-channel' : 'no' });
    bot.fake.addChannel('C1', people);
    bot.fake.addChannel('C2', people.slice(0, 2));
    bot.fake.addChannel('C3', people.slice(0, 2));
    await bot.connect();
    space = `slack:${bot.fake.teamId}`;
    await becomes(() => inPlace('C1'), ['C1']);
    await becomes(() => inPlace('C2'), ['C1', 'C2', 'C3']);
    expect(bot.fake.calls('users.list').length).toBeLessThan(10);
    expect(bot.fake.calls('users.info').length).toBeLessThan(40);
  });
});
