import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { connectClient, errorOf, refusalOf } from './connect.ts';
import type { FakeSlack } from './FakeSlack.ts';
import { startFakeSlack } from './startFakeSlack.ts';

describe('messages of the fake Slack, as the real WebClient sees them', () => {
  let slack: FakeSlack;
  let client: webApi.WebClient;
  const post = (more: object = {}) => client.chat.postMessage({ channel: 'C1', text: 'hi', ...more } as never);

  beforeEach(async () => {
    slack = await startFakeSlack({ clock: createClock({ running: false }), limits: { postBurst: 1000 } });
    slack.addUser('U1');
    slack.addUser('U2');
    slack.addChannel('C1', ['U1', 'U2'], { name: 'general' });
    client = connectClient(slack);
  });
  afterEach(() => slack.stop());

  describe('where a post may go', () => {
    it('goes to a channel by id or name, and to a person as a DM', async () => {
      expect(await post({ channel: '#general' })).toMatchObject({ channel: 'C1' });
      expect(await post({ channel: 'U1' })).toMatchObject({ channel: slack.dm('U1') });
    });

    it('does not go where the bot is not, and what it cannot see does not exist', async () => {
      slack.addChannel('C2', ['U1'], { withoutBot: true });
      slack.addChannel('G1', ['U1'], { kind: 'private', withoutBot: true });
      expect(await errorOf(post({ channel: 'C2' }))).toBe('not_in_channel');
      expect(await errorOf(post({ channel: 'G1' }))).toBe('channel_not_found');
      expect(await errorOf(post({ channel: 'C404' }))).toBe('channel_not_found');
      slack.change('C1', 'archive');
      expect(await errorOf(post())).toBe('is_archived');
      slack.change('C1', 'deleted');
      expect(await errorOf(post())).toBe('channel_not_found');
    });

    it('answers in a thread, shown in the channel too if asked', async () => {
      const { ts } = slack.user('U1').says('C1', 'Question?');
      await post({ thread_ts: ts, text: 'one' });
      await post({ thread_ts: ts, text: 'two', reply_broadcast: true });
      expect(slack.thread('C1', ts).map((one) => one.text)).toEqual(['Question?', 'one', 'two']);
      const { messages: channel } = await client.conversations.history({ channel: 'C1' });
      expect(channel).toMatchObject([
        { text: 'two', subtype: 'thread_broadcast' },
        { text: 'Question?', reply_count: 2, reply_users_count: 1, reply_users: [slack.botUserId], thread_ts: ts },
      ]);
      const { messages: thread } = await client.conversations.replies({ channel: 'C1', ts });
      expect(thread?.map((one) => one.text)).toEqual(['Question?', 'one', 'two']);
      expect(thread?.[1]).toMatchObject({ thread_ts: ts, parent_user_id: 'U1' });
      expect(await errorOf(post({ thread_ts: '1700000000.000001' }))).toBe('thread_not_found');
    });

    it('notes a reply whose parent is named by another reply', async () => {
      const { ts } = slack.user('U1').says('C1', 'Question?');
      const { ts: reply } = slack.user('U2').says('C1', 'Me too.', { thread: ts });
      await post({ thread_ts: reply });
      expect(slack.thread('C1', ts)).toHaveLength(3);
      expect(slack.violations).toEqual([expect.stringContaining("is a reply's")]);
    });

    it('shows what is ephemeral to one person, who must be there', async () => {
      slack.addUser('U3');
      await client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' });
      expect(slack.ephemerals('U1')).toMatchObject([{ text: 'psst', channelId: 'C1' }]);
      expect(slack.ephemerals('U2')).toEqual([]);
      const { messages } = await client.conversations.history({ channel: 'C1' });
      expect(messages).toEqual([]);
      expect(await errorOf(client.chat.postEphemeral({ channel: 'C1', user: 'U3', text: 'psst' }))).toBe(
        'user_not_in_channel',
      );
    });
  });

  describe('what a post may say', () => {
    const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
    const plain = (text: string) => ({ type: 'plain_text', text });
    const feedback = (label = 'Good') => ({
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: 'vote',
          positive_button: { text: plain(label), value: 'up' },
          negative_button: { text: plain('Bad'), value: 'down', accessibility_label: 'Bad answer' },
        },
      ],
    });
    const problems = async (blocks: object[]) => {
      const refusal = await refusalOf(post({ blocks }));
      return [refusal.error, ...((refusal.errors as string[] | undefined) ?? [])];
    };

    it('takes what Slack takes, right up to the limits', async () => {
      const button = { type: 'button', text: plain('x'.repeat(75)), action_id: 'a', value: 'v' };
      const blocks = [section('x'.repeat(3000)), { type: 'actions', elements: [button] }, feedback('x'.repeat(75))];
      const { message } = await post({ blocks });
      expect(message?.blocks).toMatchObject([{ block_id: expect.any(String), text: { verbatim: false } }, {}, {}]);
      await post({ blocks: Array.from({ length: 50 }, () => ({ type: 'divider' })) });
      await post({ blocks: [{ type: 'markdown', text: '# '.repeat(6000) }] });
      await post({ text: undefined, markdown_text: 'x'.repeat(12_000) });
      expect(slack.violations).toEqual([]);
    });

    it.each<[string, object[], string]>([
      [
        'a long section',
        [section('x'.repeat(3001))],
        'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
      ],
      ['an empty section', [section('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
      [
        'a section of nothing',
        [{ type: 'section' }],
        'must define either `text` or `fields` [json-pointer:/blocks/0/type]',
      ],
      [
        'too many blocks',
        Array.from({ length: 51 }, () => ({ type: 'divider' })),
        'no more than 50 items allowed [json-pointer:/blocks]',
      ],
      ['a block of no kind', [{ type: 'sectoin' }], 'unsupported type: sectoin [json-pointer:/blocks/0/type]'],
      [
        'a long label',
        [{ type: 'actions', elements: [{ type: 'button', text: plain('x'.repeat(76)) }] }],
        'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
      ],
      [
        'a label of mrkdwn',
        [{ type: 'actions', elements: [{ type: 'button', text: { type: 'mrkdwn', text: 'x' } }] }],
        'must be a valid enum value (plain_text) [json-pointer:/blocks/0/elements/0/text/type]',
      ],
      [
        'feedback buttons in a row of actions',
        [{ type: 'actions', elements: feedback().elements }],
        'unsupported type: feedback_buttons [json-pointer:/blocks/0/elements/0/type]',
      ],
      [
        'a button among feedback',
        [{ type: 'context_actions', elements: [{ type: 'button', text: plain('x') }] }],
        'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
      ],
      [
        'half of the feedback buttons',
        [
          {
            type: 'context_actions',
            elements: [{ type: 'feedback_buttons', positive_button: { text: plain('x'), value: 'v' } }],
          },
        ],
        'missing required field: negative_button [json-pointer:/blocks/0/elements/0]',
      ],
      [
        'a long feedback label',
        [feedback('x'.repeat(76))],
        'must be less than 76 characters [json-pointer:/blocks/0/elements/0/positive_button/text/text]',
      ],
      [
        'the same block twice',
        [
          { ...section('a'), block_id: 'b' },
          { ...section('c'), block_id: 'b' },
        ],
        '`block_id` b already exists [json-pointer:/blocks/1/block_id]',
      ],
      [
        'long context',
        [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) }],
        'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
      ],
      [
        'a long header',
        [{ type: 'header', text: plain('x'.repeat(151)) }],
        'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
      ],
      [
        'long markdown',
        [{ type: 'markdown', text: 'x'.repeat(12_001) }],
        'must be less than 12001 characters [json-pointer:/blocks/0/text]',
      ],
      [
        'a modal input in a message',
        [{ type: 'input', label: plain('x'), element: { type: 'button' } }],
        'unsupported type: button [json-pointer:/blocks/0/element/type]',
      ],
    ])('refuses %s, and says where', async (_, blocks, problem) => {
      expect(await problems(blocks)).toEqual(['invalid_blocks', problem]);
      expect(slack.violations).toHaveLength(1);
      expect(slack.messages('C1')).toEqual([]);
    });

    it('counts markdown over the whole of a message', async () => {
      const block = { type: 'markdown', text: 'x'.repeat(6001) };
      expect(await problems([block, block])).toEqual(['msg_blocks_too_long']);
      expect(await problems(Array.from({ length: 5 }, () => section('x'.repeat(2900))))).toEqual([
        'msg_blocks_too_long',
      ]);
    });

    it('refuses what says nothing, or two things', async () => {
      expect(await errorOf(post({ text: undefined }))).toBe('no_text');
      expect(await errorOf(post({ markdown_text: 'x' }))).toBe('markdown_text_conflict');
      expect(await errorOf(post({ text: undefined, markdown_text: 'x'.repeat(12_001) }))).toBe('msg_too_long');
      expect(await errorOf(post({ blocks: '[{"type":' }))).toBe('invalid_blocks_format');
    });

    it('cuts a long text, and says so; an update of more than 4,000 characters it refuses', async () => {
      const { ts = '', ...answer } = await post({ text: 'x'.repeat(40_001) });
      expect(answer).toMatchObject({ warning: 'message_truncated' });
      expect(slack.message('C1', ts)?.text).toHaveLength(40_000);
      await client.chat.update({ channel: 'C1', ts, text: 'x'.repeat(4000) });
      expect(await errorOf(client.chat.update({ channel: 'C1', ts, text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    });

    it('stores text as Slack does: what is no markup of its own is escaped', async () => {
      const { ts = '' } = await post({ text: 'a < b && <@U1> <https://x.example|x> &amp; >' });
      expect(slack.message('C1', ts)?.text).toBe('a &lt; b &amp;&amp; <@U1> <https://x.example|x> &amp; &gt;');
      expect(slack.message('C1', ts)?.blocks?.[0].elements[0].elements).toEqual([
        { type: 'text', text: 'a < b && ' },
        { type: 'user', user_id: 'U1' },
        { type: 'text', text: ' ' },
        { type: 'link', url: 'https://x.example', text: 'x' },
        { type: 'text', text: ' & >' },
      ]);
    });

    it('keeps metadata, and gives it to whoever asks for it', async () => {
      const metadata = { event_type: 'answer', event_payload: { question: 'q1' } };
      await post({ metadata });
      const without = await client.conversations.history({ channel: 'C1' });
      expect(without.messages?.[0]).not.toHaveProperty('metadata');
      const whole = await client.conversations.history({ channel: 'C1', include_all_metadata: true });
      expect(whole.messages?.[0]).toMatchObject({ metadata });
      expect(await errorOf(post({ metadata: '{' }))).toBe('invalid_metadata_format');
      expect(await errorOf(post({ metadata: { event_type: 'x' } }))).toBe('invalid_metadata_schema');
      const big = { event_type: 'x', event_payload: { text: 'x'.repeat(8001) } };
      expect(await errorOf(post({ metadata: big }))).toBe('metadata_too_large');
    });

    it('notes arguments that there are not, and takes the rest', async () => {
      await post({ treads: '1' });
      expect(slack.violations).toEqual(['chat.postMessage takes no treads']);
      expect(slack.messages('C1')).toHaveLength(1);
    });

    it('says which argument is missing', async () => {
      expect(await refusalOf(client.apiCall('chat.update', { channel: 'C1', text: 'x' }))).toMatchObject({
        error: 'invalid_arguments',
        response_metadata: { messages: ['[ERROR] missing required field: ts'] },
      });
    });
  });

  describe('changing and deleting', () => {
    it('changes its own messages only', async () => {
      const { ts } = slack.user('U1').says('C1', 'Mine.');
      const change = { channel: 'C1', text: 'Ours.' };
      expect(await errorOf(client.chat.update({ ...change, ts }))).toBe('cant_update_message');
      expect(await errorOf(client.chat.delete({ channel: 'C1', ts }))).toBe('cant_delete_message');
      expect(await errorOf(client.chat.update({ ...change, ts: '1.000001' }))).toBe('message_not_found');
      const { ts: own = '' } = await post();
      slack.change('C1', 'archive');
      expect(await errorOf(client.chat.update({ ...change, ts: own }))).toBe('is_inactive');
    });

    it('leaves a tombstone where a parent with replies was deleted', async () => {
      const { ts = '' } = await post();
      slack.user('U1').says('C1', 'Thanks.', { thread: ts });
      await client.chat.delete({ channel: 'C1', ts });
      const { messages } = await client.conversations.replies({ channel: 'C1', ts });
      expect(messages).toMatchObject([
        { subtype: 'tombstone', user: 'USLACKBOT', reply_count: 1 },
        { text: 'Thanks.' },
      ]);
      expect(messages?.[0]).not.toHaveProperty('blocks');
      expect(await errorOf(post({ thread_ts: ts }))).toBe('cannot_reply_to_message');
    });

    it('forgets a message without replies', async () => {
      const { ts = '' } = await post();
      await client.chat.delete({ channel: 'C1', ts });
      expect(slack.messages('C1')).toEqual([]);
      expect(await errorOf(client.chat.getPermalink({ channel: 'C1', message_ts: ts }))).toBe('message_not_found');
    });
  });

  describe('reading', () => {
    it('gives a channel newest first, in pages, between two times', async () => {
      const said = ['one', 'two', 'three', 'four'].map((text) => slack.user('U1').says('C1', text).ts);
      const texts = (answer: webApi.ConversationsHistoryResponse) => answer.messages?.map((one) => one.text);
      const first = await client.conversations.history({ channel: 'C1', limit: 3 });
      expect(texts(first)).toEqual(['four', 'three', 'two']);
      expect(first.has_more).toBe(true);
      const cursor = first.response_metadata?.next_cursor ?? '';
      expect(texts(await client.conversations.history({ channel: 'C1', limit: 3, cursor }))).toEqual(['one']);
      const exact = await client.conversations.history({ channel: 'C1', limit: 4 });
      expect(exact.has_more).toBe(false);
      expect(exact).not.toHaveProperty('response_metadata.next_cursor');
      const window = { oldest: said[0] ?? '', latest: said[2] ?? '' };
      expect(texts(await client.conversations.history({ channel: 'C1', ...window }))).toEqual(['two']);
      const inclusive = await client.conversations.history({ channel: 'C1', ...window, inclusive: true });
      expect(texts(inclusive)).toEqual(['three', 'two', 'one']);
      expect(await errorOf(client.conversations.history({ channel: 'C1', cursor: 'nonsense' }))).toBe('invalid_cursor');
      expect(await errorOf(client.conversations.history({ channel: 'C1', oldest: 'x' }))).toBe('invalid_ts_oldest');
    });

    it('repeats the root of a thread on every page of it, and gives a reply alone', async () => {
      const { ts } = slack.user('U1').says('C1', 'root');
      const replies = ['a', 'b', 'c'].map((text) => slack.user('U2').says('C1', text, { thread: ts }).ts);
      const first = await client.conversations.replies({ channel: 'C1', ts, limit: 2 });
      expect(first.messages?.map((one) => one.text)).toEqual(['root', 'a', 'b']);
      const cursor = first.response_metadata?.next_cursor ?? '';
      const second = await client.conversations.replies({ channel: 'C1', ts, limit: 2, cursor });
      expect(second.messages?.map((one) => one.text)).toEqual(['root', 'c']);
      const one = await client.conversations.replies({ channel: 'C1', ts: replies[1] ?? '' });
      expect(one.messages?.map((message) => message.text)).toEqual(['b']);
      expect(await errorOf(client.conversations.replies({ channel: 'C1', ts: '1.000001' }))).toBe('thread_not_found');
    });

    it('wants the scope of that kind of channel, and the bot to be in it', async () => {
      slack.addChannel('G1', ['U1'], { kind: 'private' });
      slack.addChannel('C2', ['U1'], { withoutBot: true });
      expect(await errorOf(client.conversations.history({ channel: 'C2' }))).toBe('not_in_channel');
      slack.setScopes(['channels:history', 'channels:read']);
      expect(await refusalOf(client.conversations.history({ channel: 'G1' }))).toMatchObject({
        error: 'missing_scope',
        needed: 'groups:history',
      });
      expect(await refusalOf(client.conversations.members({ channel: 'G1' }))).toMatchObject({ needed: 'groups:read' });
      expect(await errorOf(client.conversations.list({ types: 'im' }))).toBe('missing_scope');
      expect(await errorOf(client.conversations.list({ types: 'rooms' }))).toBe('invalid_types');
    });

    it('shows of people what there is to be known', async () => {
      slack.addUser('U3', { guest: 'single-channel' });
      slack.addUser('U4', { deleted: true });
      slack.addUser('U5', { teamId: 'T0OTHER01' });
      const user = async (id: string) => (await client.users.info({ user: id })).user;
      expect(await user('U3')).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
      expect(await user('U4')).toMatchObject({ deleted: true });
      expect(await user('U4')).not.toHaveProperty('is_restricted');
      expect(await user('U5')).toMatchObject({ team_id: 'T0OTHER01', is_stranger: true });
      expect(await errorOf(client.users.info({ user: 'U404' }))).toBe('user_not_found');
      expect(await errorOf(client.bots.info({ bot: 'B404' }))).toBe('bot_not_found');
    });

    it('opens DMs with those who are there', async () => {
      slack.addUser('U4', { deleted: true });
      const { channel } = await client.conversations.open({ users: 'U1,U2' });
      expect(slack.channel(channel?.id ?? '')).toMatchObject({ kind: 'mpim' });
      expect(await client.conversations.open({ users: 'U2,U1' })).toMatchObject({
        channel: { id: channel?.id },
        already_open: true,
      });
      expect(await errorOf(client.conversations.open({ users: 'U4' }))).toBe('user_disabled');
      expect(await errorOf(client.conversations.open({ users: '' }))).toBe('users_list_not_supplied');
    });

    it('hides files of channels that the bot is not in', async () => {
      slack.addChannel('C2', ['U1'], { withoutBot: true });
      expect(await errorOf(client.files.info({ file: slack.addFile('a.txt', 'U1', ['C2']) }))).toBe('file_not_found');
      const file = slack.addFile('b.txt', 'U1', ['C1']);
      slack.user('U1').says('C1', 'Look:', { files: [file] });
      const { messages } = await client.conversations.history({ channel: 'C1' });
      expect(messages?.[0]).toMatchObject({ subtype: 'file_share', files: [{ id: file, name: 'b.txt' }] });
    });
  });

  describe('reactions', () => {
    it('are added once and taken away once', async () => {
      const { ts } = slack.user('U1').says('C1', 'Yes?');
      const item = { channel: 'C1', timestamp: ts, name: 'eyes' };
      await client.reactions.add(item);
      expect(await errorOf(client.reactions.add(item))).toBe('already_reacted');
      await client.reactions.remove(item);
      expect(await errorOf(client.reactions.remove(item))).toBe('no_reaction');
      expect(await errorOf(client.reactions.add({ ...item, name: 'no such name' }))).toBe('invalid_name');
      expect(await errorOf(client.reactions.add({ ...item, timestamp: '12' }))).toBe('bad_timestamp');
      expect(await errorOf(client.reactions.add({ ...item, timestamp: '1700000000.000001' }))).toBe(
        'message_not_found',
      );
      expect(await errorOf(client.apiCall('reactions.add', { name: 'eyes' }))).toBe('no_item_specified');
    });
  });

  describe('limits', () => {
    it('lets one post a second into a channel, after a short burst; other channels do not wait', async () => {
      await slack.stop();
      slack = await startFakeSlack({ clock: createClock({ running: false }) });
      slack.addUser('U1');
      for (const id of ['C1', 'C2']) slack.addChannel(id, ['U1']);
      client = connectClient(slack);
      for (let i = 0; i < 3; i += 1) await post();
      await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
      await post({ channel: 'C2' });
      slack.clock.advance(999);
      await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
      slack.clock.advance(1);
      await post();
      expect(slack.messages('C1')).toHaveLength(4);
      expect(slack.calls('chat.postMessage').filter((call) => call.status === 429)).toHaveLength(2);
    });

    it('lets some hundred posts a minute into the workspace', async () => {
      await slack.stop();
      slack = await startFakeSlack({ clock: createClock({ running: false }), limits: { posts: 5 } });
      slack.addUser('U1');
      client = connectClient(slack);
      for (let i = 0; i < 6; i += 1) slack.addChannel(`C${i}`, ['U1']);
      for (let i = 0; i < 5; i += 1) await post({ channel: `C${i}` });
      slack.clock.advance(20_000);
      await expect(post({ channel: 'C5' })).rejects.toMatchObject({ retryAfter: 40 });
    });

    it('can be without any', async () => {
      await slack.stop();
      slack = await startFakeSlack({ limits: 'off' });
      slack.addUser('U1');
      slack.addChannel('C1', ['U1']);
      client = connectClient(slack);
      for (let i = 0; i < 30; i += 1) await post();
      expect(slack.messages('C1')).toHaveLength(30);
    });
  });
});
