import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeSlack } from '../../../fakes/slack/FakeSlack.ts';
import { openTestSync, startStillSlack, type TestSync } from '../../openTestSync.ts';
import { readIndex } from '../../readIndex.ts';

const DAY_MS = 86_400_000;
let fake: FakeSlack;
let sync: TestSync;

beforeEach(async () => {
  fake = await startStillSlack();
  for (const id of ['U1', 'U2']) fake.addUser(id);
  fake.addUser('UBOT1', { isBot: true });
  fake.addChannel('C1', ['U1', 'U2', 'UBOT1'], { name: 'ops' });
  sync = await openTestSync({ fake });
});
afterEach(async () => {
  await sync.stop();
  await fake.stop();
});

const says = (text: string, thread?: string, channel = 'C1') => {
  fake.clock.advance(60_000);
  return fake.user('U1').says(channel, text, thread ? { thread } : {});
};
const texts = () => readIndex(sync).texts.join('\n');

describe('what others miss', () => {
  it('a late reply to a thread of a month ago, said while nobody listened', async () => {
    const root = says('How does one reset the thermostat?');
    await sync.run();
    fake.clock.advance(30 * DAY_MS);
    says('Press the two arrows.', root.ts);
    await sync.run();
    await sync.run();
    expect(texts()).toContain('two arrows');
  });

  it('an edited and a deleted reply in a thread that shows no sign of it, after an outage', async () => {
    const root = says('How does one reset the thermostat?');
    const [edited, deleted] = [says('Press the two arrows.', root.ts), says('Or call the porter.', root.ts)];
    await sync.run();
    await sync.listen();
    fake.user('U1').edits(edited, 'Press the three arrows.');
    fake.user('U1').deletes(deleted);
    sync.loseEvents();
    sync.keeping.slack?.hearing.missed();
    await sync.run();
    expect(texts()).toContain('three arrows');
    expect(texts()).not.toMatch(/two arrows|porter/);
  });

  it('a page of history that was asked for before a deletion, and comes after it', async () => {
    const said = says('The password of the safe is 1234.');
    const hold = fake.calls('conversations.history').length;
    const running = sync.run();
    await sync.listen();
    await fake.when(() => fake.calls('conversations.history').length > hold);
    fake.user('U1').deletes(said);
    await sync.hear();
    await running;
    expect(texts()).not.toContain('1234');
    expect(readIndex(sync).messages).toEqual([]);
  });

  it('events that come twice, and the first of two edits after the second', async () => {
    await sync.run();
    await sync.listen();
    const said = says('first words');
    fake.user('U1').edits(said, 'second words');
    fake.clock.advance(1_000);
    fake.user('U1').edits(said, 'third words');
    await sync.hear((events) => [...events.toReversed(), ...events]);
    expect(readIndex(sync).texts).toEqual([expect.stringContaining('third words')]);
    fake.user('U1').deletes(said);
    await sync.hear((events) => [...events, ...events]);
    expect(readIndex(sync).texts).toEqual([]);
  });

  it('a message that was deleted before the event that it was said arrives', async () => {
    await sync.run();
    await sync.listen();
    fake.user('U1').deletes(says('never mind'));
    await sync.hear((events) => events.toReversed());
    expect(readIndex(sync).messages).toEqual([]);
  });

  it('a busy conversation is indexed a few times, not at each word', async () => {
    await sync.run();
    await sync.listen();
    const { upsert } = sync.index;
    let written = 0;
    sync.index.upsert = (collection, rows) => {
      written += rows.length;
      return upsert(collection, rows);
    };
    const root = says('Who resets the thermostat?');
    for (let i = 0; i < 39; i++) fake.user('U2').says('C1', `I do, says number ${i}.`, { thread: root.ts });
    await sync.hear();
    expect(readIndex(sync).texts.join()).toContain('number 38');
    expect(written).toBeLessThanOrEqual(2 * readIndex(sync).passages.length);
  });

  it('what bots say, and people whom the config leaves out, is not taken in; nor is a channel', async () => {
    await sync.stop();
    fake.addChannel('C2', ['U1'], { name: 'random' });
    fake.addChannel('C3', ['U1'], { name: 'bot-noise' });
    const settings = { channels: { except: ['random', 'bot-*'], exceptPeople: ['U2'] } };
    sync = await openTestSync({ fake, settings });
    fake.user('UBOT1').says('C1', 'beep says the bot');
    fake.user('U2').says('C1', 'hm says the second');
    says('ahoi says the first');
    says('nothing here', undefined, 'C2');
    says('nothing here', undefined, 'C3');
    const { sources } = await sync.run();
    expect(sources.map(({ name }) => name)).toEqual(['#ops']);
    expect(texts()).toMatch(/ahoi/);
    expect(texts()).not.toMatch(/beep|hm says|nothing here/);
  });

  it('a channel that vanishes in the middle, and a token that is revoked: said, and everything else goes on', async () => {
    fake.addChannel('C2', ['U1'], { name: 'launch' });
    says('the porter has the key');
    says('the launch is on monday', undefined, 'C2');
    await sync.run();
    fake.fail({ kind: 'error', error: 'channel_not_found' }, { method: 'conversations.history', times: 1 });
    const { sources } = await sync.run();
    expect(sources.filter(({ error }) => error)).toMatchObject([
      { error: expect.stringContaining('is not there for Backscroll any more') },
    ]);
    expect(sources.filter(({ error }) => !error)).toHaveLength(1);
    fake.setToken('bot', 'revoked');
    const revoked = await sync.run();
    expect(JSON.stringify(revoked)).toMatch(/token/i);
    expect(texts()).toMatch(/monday/);
  });

  it('a channel that lost most of what it held is not forgotten on a single word', async () => {
    for (let i = 0; i < 120; i++) says(`message ${i}`);
    await sync.run();
    for (const { ts } of fake.messages('C1')) fake.user('U1').deletes({ channel: 'C1', ts });
    await sync.run();
    expect(readIndex(sync).messages).toHaveLength(120);
    expect(sync.store.syncDocuments.failed(5).latest[0]?.sentence).toContain(
      '120 of 120 messages are not shown any more',
    );
    await sync.run();
    expect(readIndex(sync).messages).toHaveLength(0);
  });
});
