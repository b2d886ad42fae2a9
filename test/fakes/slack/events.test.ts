import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { type Connected, connectBySocket, connectClient } from './connect.ts';
import { everyScope } from './everyScope.ts';
import type { FakeSlack, FakeSlackOptions } from './FakeSlack.ts';
import type { Json } from './State.ts';
import { startFakeSlack } from './startFakeSlack.ts';

describe('events of the fake Slack, as a real Bolt app in Socket Mode hears them', () => {
  let slack: FakeSlack;
  let app: Connected;
  /** Everything that the app heard, oldest first. */
  let heard: { readonly body: Json; readonly event: Json; readonly retryNum: number | undefined }[];

  beforeEach(() => start());
  afterEach(() => stop());

  async function stop() {
    await app?.stop();
    await slack?.stop();
  }
  async function start(options: FakeSlackOptions = {}) {
    await stop();
    heard = [];
    slack = await startFakeSlack(options);
    for (const id of ['U1', 'U2']) slack.addUser(id);
    slack.addChannel('C1', ['U1', 'U2']);
    app = await connectBySocket(slack, (bolt) => {
      // Bolt's listeners skip what the app did itself, and run side by side: this sees all, in order.
      const processEvent = bolt.processEvent.bind(bolt);
      bolt.processEvent = (received) => {
        const { body, retryNum } = received as { body: Json; retryNum?: number };
        heard.push({ body, event: body.event, retryNum });
        return processEvent(received);
      };
    });
  }
  const hears = async (count: number) => {
    await slack.when(() => slack.sockets.acks.length >= count);
    expect(heard).toHaveLength(count);
    return heard.map((one) => one.event);
  };
  const me = () => `<@${slack.botUserId}>`;

  it('tells of a message in the envelope that Slack puts around it', async () => {
    const { ts } = slack.user('U1').says('C1', 'Hello.');
    const [event] = await hears(1);
    expect(event).toMatchObject({
      type: 'message',
      user: 'U1',
      text: 'Hello.',
      ts,
      event_ts: ts,
      channel: 'C1',
      channel_type: 'channel',
      team: 'T0FAKE001',
      client_msg_id: expect.any(String),
      blocks: [{ type: 'rich_text' }],
    });
    expect(heard[0]?.body).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      event_time: expect.any(Number),
      team_id: 'T0FAKE001',
      api_app_id: 'A0FAKE001',
      authorizations: [{ user_id: slack.botUserId, is_bot: true }],
      is_ext_shared_channel: false,
      event_context: expect.any(String),
    });
  });

  it('tells of a mention twice: as a message and as a mention, each an event of its own', async () => {
    const { ts } = slack.user('U1').says('C1', `${me()} when?`);
    const events = await hears(2);
    expect(events).toMatchObject([
      { type: 'message', ts },
      { type: 'app_mention', ts, user: 'U1', channel: 'C1' },
    ]);
    expect(events[1]).not.toHaveProperty('channel_type');
    expect(new Set(heard.map((one) => one.body.event_id)).size).toBe(2);
  });

  it('tells of a DM as a message only, named or not', async () => {
    slack.user('U1').says('dm', `${me()} when?`);
    expect(await hears(1)).toMatchObject([{ type: 'message', channel_type: 'im', channel: slack.dm('U1') }]);
  });

  it('tells of edits, and of the mention that an edit brings', async () => {
    const said = slack.user('U1').says('C1', 'when?');
    slack.user('U1').edits(said, `${me()} when?`);
    const [, changed, mention] = await hears(3);
    expect(changed).toMatchObject({
      subtype: 'message_changed',
      hidden: true,
      channel: 'C1',
      message: { ts: said.ts, text: `${me()} when?`, edited: { user: 'U1' } },
      previous_message: { ts: said.ts, text: 'when?' },
    });
    expect(changed.ts).not.toBe(said.ts);
    expect(mention).toMatchObject({ type: 'app_mention', ts: said.ts, edited: { user: 'U1' } });
  });

  it('tells of deletions; a parent with replies is changed into a tombstone', async () => {
    const alone = slack.user('U1').says('C1', 'Alone.');
    const parent = slack.user('U1').says('C1', 'Parent.');
    slack.user('U2').says('C1', 'Reply.', { thread: parent.ts });
    slack.user('U1').deletes(alone);
    slack.user('U1').deletes(parent);
    const [, , reply, deleted, changed] = await hears(5);
    expect(reply).toMatchObject({ thread_ts: parent.ts, parent_user_id: 'U1' });
    expect(deleted).toMatchObject({
      subtype: 'message_deleted',
      deleted_ts: alone.ts,
      previous_message: { text: 'Alone.' },
    });
    expect(changed).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone', user: 'USLACKBOT', ts: parent.ts },
      previous_message: { text: 'Parent.' },
    });
  });

  it('tells of broadcast replies with their root', async () => {
    const { ts } = slack.user('U1').says('C1', 'Root.');
    slack.user('U2').says('C1', 'All!', { thread: ts, broadcast: true });
    const [, broadcast] = await hears(2);
    expect(broadcast).toMatchObject({
      subtype: 'thread_broadcast',
      thread_ts: ts,
      root: { text: 'Root.', reply_count: 1 },
    });
  });

  it('tells the app of what it says itself', async () => {
    const client = connectClient(slack);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'Mine.' });
    await client.chat.update({ channel: 'C1', ts, text: 'Better.' });
    await client.reactions.add({ channel: 'C1', timestamp: ts, name: 'eyes' });
    expect(await hears(3)).toMatchObject([
      { type: 'message', bot_id: slack.botId, user: slack.botUserId, text: 'Mine.' },
      { subtype: 'message_changed', message: { text: 'Better.' } },
      { type: 'reaction_added', user: slack.botUserId, item_user: slack.botUserId },
    ]);
  });

  it('tells of reactions', async () => {
    const said = slack.user('U1').says('C1', 'Hello.');
    slack.user('U2').reacts(said, '+1::skin-tone-3');
    slack.user('U2').unreacts(said, '+1::skin-tone-3');
    const item = { type: 'message', channel: 'C1', ts: said.ts };
    const [, added, removed] = await hears(3);
    expect(added).toMatchObject({
      type: 'reaction_added',
      user: 'U2',
      reaction: '+1::skin-tone-3',
      item,
      item_user: 'U1',
    });
    expect(removed).toMatchObject({ type: 'reaction_removed', item });
  });

  it('tells of who comes and goes', async () => {
    slack.addUser('U3', { announce: true });
    slack.invite('C1', 'U3', 'U1');
    slack.user('U3').leaves('C1');
    slack.changeUser('U3', { guest: 'single-channel' });
    expect(await hears(6)).toMatchObject([
      { type: 'team_join', user: { id: 'U3' } },
      { type: 'member_joined_channel', user: 'U3', channel: 'C1', channel_type: 'C', inviter: 'U1' },
      { type: 'message', subtype: 'channel_join', user: 'U3' },
      { type: 'member_left_channel', user: 'U3' },
      { type: 'message', subtype: 'channel_leave' },
      { type: 'user_change', user: { id: 'U3', is_ultra_restricted: true } },
    ]);
    expect([...slack.channel('C1').members]).not.toContain('U3');
  });

  it('tells of what becomes of channels, by other names for private ones', async () => {
    slack.addChannel('C2', ['U1'], { announce: true, withoutBot: true });
    slack.rename('C1', 'renamed');
    slack.change('C1', 'shared');
    slack.change('C1', 'archive');
    slack.change('C1', 'unarchive');
    slack.convert('C1', 'private');
    slack.rename('C1', 'hidden');
    slack.change('C1', 'archive');
    slack.change('C2', 'deleted');
    const events = await hears(11);
    expect(events.map((event) => event.subtype ?? event.type)).toEqual([
      'channel_created',
      'channel_rename',
      'channel_name',
      'channel_shared',
      'channel_archive',
      'channel_unarchive',
      'channel_convert_to_private',
      'group_rename',
      'group_name',
      'group_archive',
      'channel_deleted',
    ]);
    expect(events[6]).toMatchObject({ channel: 'C1', channel_type: 'group' });
    expect((await connectClient(slack).conversations.info({ channel: 'C1' })).channel).toMatchObject({
      is_private: true,
    });
  });

  it('tells the app that it was thrown out, and nothing of that channel any more', async () => {
    slack.kick('C1', slack.botUserId);
    slack.user('U1').says('C1', 'Now we can talk.');
    slack.invite('C1', slack.botUserId);
    expect((await hears(3)).map((event) => event.subtype ?? event.type)).toEqual([
      'channel_left',
      'member_joined_channel',
      'channel_join',
    ]);
  });

  it('tells of the assistant pane and of the home tab', async () => {
    const thread = slack.user('U1').opensAssistant('C1');
    slack.user('U1').walksTo('C1', thread);
    slack.user('U1').says(thread.channel, 'Hello.', { thread: thread.threadTs });
    slack.user('U1').opensHome();
    const context = { channel_id: 'C1', team_id: 'T0FAKE001' };
    expect(await hears(5)).toMatchObject([
      { type: 'message', subtype: 'assistant_app_thread', channel: thread.channel },
      {
        type: 'assistant_thread_started',
        assistant_thread: { user_id: 'U1', channel_id: thread.channel, thread_ts: thread.threadTs, context },
      },
      { type: 'assistant_thread_context_changed' },
      { type: 'message', channel_type: 'im', thread_ts: thread.threadTs },
      { type: 'app_home_opened', user: 'U1', tab: 'home', channel: thread.channel },
    ]);
  });

  it('tells of nothing that the app did not subscribe to, may not read or cannot see', async () => {
    await start({ subscriptions: ['app_mention', 'message.im'], scopes: ['app_mentions:read', 'channels:history'] });
    slack.addChannel('C2', ['U1'], { withoutBot: true });
    slack.user('U1').says('C2', `${me()} are you there?`);
    slack.user('U1').says('dm', 'No scope for this.');
    slack.user('U1').says('C1', 'Not subscribed to this.');
    slack.user('U1').says('C1', `${me()} hello`);
    expect(await hears(1)).toMatchObject([{ type: 'app_mention', channel: 'C1' }]);
    slack.events.subscribe(['message.channels']);
    slack.user('U1').says('C1', 'Now it hears.');
    expect(await hears(2)).toMatchObject([{}, { type: 'message', text: 'Now it hears.' }]);
    expect(slack.events.sent).toHaveLength(2);
  });

  it.each<[string, () => void]>([
    ['app_mentions:read', () => slack.user('U1').says('C1', `${me()} hello`)],
    ['channels:history', () => slack.user('U1').says('C1', 'hello')],
    ['groups:history', () => slack.user('U1').says('G1', 'hello')],
    ['im:history', () => slack.user('U1').says('dm', 'hello')],
    ['mpim:history', () => slack.user('U1').says('G2', 'hello')],
    ['channels:read', () => slack.rename('C1', 'new')],
    ['groups:read', () => slack.rename('G1', 'new')],
    ['users:read', () => slack.changeUser('U1', { realName: 'New' })],
    ['assistant:write', () => slack.user('U1').opensAssistant()],
    ['reactions:read', () => slack.user('U1').reacts(slack.user('U1').says('C1', 'hello'), '+1')],
  ])('tells of what %s is for only with it', async (scope, act) => {
    slack.addChannel('G1', ['U1'], { kind: 'private' });
    slack.addChannel('G2', ['U1', 'U2'], { kind: 'mpim' });
    slack.setScopes(everyScope.filter((one) => one !== scope));
    act();
    const without = slack.events.sent.length;
    slack.setScopes([scope]);
    if (scope === 'reactions:read') slack.user('U2').reacts(slack.user('U2').says('C1', 'hello'), '+1');
    else act();
    expect(slack.events.sent).toHaveLength(without + 1);
    const { type, body } = slack.events.sent.at(-1) ?? {};
    const same = slack.events.sent
      .slice(0, -1)
      .filter((one) => one.type === type && one.body.event.channel_type === body.event.channel_type);
    expect(same).toEqual([]);
  });

  it('tells of kinds that nobody has heard of', async () => {
    slack.events.emit({ type: 'moon_phase', phase: 'full' });
    slack.events.emit({ type: 'message', subtype: 'huddle_thread', text: '', ts: '1.000001' }, 'C1');
    expect(await hears(2)).toMatchObject([{ type: 'moon_phase' }, { subtype: 'huddle_thread' }]);
  });

  it('loses events when told to, and sends some twice', async () => {
    slack.events.drop(1);
    slack.user('U1').says('C1', 'lost');
    slack.user('U1').says('C1', 'found');
    await hears(1);
    expect(slack.events.sent.map((one) => one.isDropped)).toEqual([true, false]);
    const id = slack.events.sent[1]?.eventId ?? '';
    expect(await slack.events.redeliver(id)).toEqual({ isAcked: true });
    await hears(2);
    expect(heard.map((one) => [one.body.event_id, one.retryNum])).toEqual([
      [id, 0],
      [id, 1],
    ]);
  });

  it('tells that the token was revoked, and then nothing more', async () => {
    slack.setToken('bot', 'revoked');
    slack.user('U1').says('C1', 'Anybody there?');
    await slack.when(() => slack.sockets.acks.length === 1);
    expect(slack.events.sent.map((one) => one.type)).toEqual(['tokens_revoked']);
  });

  it('knows what nobody could do', () => {
    slack.addUser('U3');
    slack.addChannel('G1', ['U1'], { kind: 'private' });
    const said = slack.user('U1').says('C1', 'Mine.');
    expect(() => slack.user('U3').says('C1', 'Hi.')).toThrow('U3 is not in C1');
    expect(() => slack.user('U3').reacts({ channel: 'G1', ts: '1' }, 'x')).toThrow('U3 is not in G1');
    expect(() => slack.user('U2').edits(said, 'Yours.')).toThrow('not a message of U2');
    expect(() => slack.user('U2').unreacts(said, 'x')).toThrow('No change');
    expect(() => slack.user('U404')).toThrow('no user U404');
    expect(() => slack.user('U1').says('C1', 'x', { thread: '1.000001' })).toThrow('no thread');
  });
});

describe('events that are not acknowledged', () => {
  it('come again at once, after a minute and after five, then no more', async () => {
    const slack = await startFakeSlack({ clock: createClock({ running: false }) });
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
    slack.user('U1').says('C1', 'Nobody listens.');
    const begunMs = slack.clock.now();
    slack.clock.advance(3_600_000);
    const { delivery, eventId } = slack.events.sent[0] ?? {};
    expect(delivery?.attempts.map(({ retryNum, atMs }) => [retryNum, atMs - begunMs])).toEqual([
      [0, 0],
      [1, 3000],
      [2, 66_000],
      [3, 369_000],
    ]);
    expect(await delivery?.answered).toEqual({ isAcked: false });
    expect(eventId).toMatch(/^Ev/);
    await slack.stop();
  });

  it('are taken by whoever connects before the next attempt, as a retry', async () => {
    const slack = await startFakeSlack({ clock: createClock({ running: false }) });
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
    slack.user('U1').says('C1', 'Are you up?');
    const retries: unknown[] = [];
    const app = await connectBySocket(slack, (bolt) =>
      bolt.message(async ({ context }) => void retries.push(context.retryNum)),
    );
    slack.clock.advance(3000);
    await slack.when(() => slack.sockets.acks.length === 1);
    expect(retries).toEqual([1]);
    expect(slack.events.sent[0]?.delivery?.attempts.map((one) => one.outcome)).toEqual(['failed', 'acked']);
    await app.stop();
    await slack.stop();
  });
});
