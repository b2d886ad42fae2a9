import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { connectClient, errorOf } from './connect.ts';
import type { FakeSlack } from './FakeSlack.ts';
import { startFakeSlack } from './startFakeSlack.ts';

describe('streaming into the fake Slack, by the real ChatStreamer', () => {
  let slack: FakeSlack;
  let client: webApi.WebClient;
  let ts: string;
  beforeEach(async () => {
    slack = await startFakeSlack({ clock: createClock({ running: false }) });
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
    client = connectClient(slack);
    ts = slack.user('U1').says('C1', 'Question?').ts;
  });
  afterEach(() => slack.stop());

  const recipient = { recipient_team_id: 'T0FAKE001', recipient_user_id: 'U1' };
  const open = (more: object = {}) =>
    client.chatStream({ channel: 'C1', thread_ts: ts, ...recipient, ...more } as never);
  const answer = () => slack.thread('C1', ts)[1];

  it('shows what the buffer lets out, then the rest and the blocks', async () => {
    const stream = open({ buffer_size: 10 });
    expect(await stream.append({ markdown_text: 'Tues' })).toBeNull();
    expect(answer()).toBeUndefined();
    await stream.append({ markdown_text: 'day at nine' });
    expect(answer()).toMatchObject({ text: 'Tuesday at nine', stream: { state: 'in_progress' } });
    await stream.append({ markdown_text: ', in **room 4**.' });
    expect(answer()?.text).toBe('Tuesday at nine, in **room 4**.');
    const metadata = { event_type: 'answer', event_payload: { question: 'q1' } };
    await stream.stop({ markdown_text: ' Bye.', blocks: [{ type: 'divider' }], metadata });
    expect(answer()).toMatchObject({
      text: 'Tuesday at nine, in **room 4**. Bye.',
      stream: { state: 'completed' },
      metadata,
    });
    expect(answer()?.blocks?.map((block) => block.type)).toEqual(['rich_text', 'divider']);
    expect(slack.calls().map((call) => call.method)).toEqual([
      'chat.startStream',
      'chat.appendStream',
      'chat.stopStream',
    ]);
    expect(slack.violations).toEqual([]);
  });

  it('starts and stops at once when all was in the buffer', async () => {
    const stream = open();
    await stream.append({ markdown_text: 'Short.' });
    await stream.stop();
    expect(answer()).toMatchObject({ text: 'Short.', stream: { state: 'completed' } });
    expect(slack.violations).toEqual([]);
  });

  it('shows tasks and plans: titles are replaced, details grow', async () => {
    const stream = open();
    const task = (more: object) =>
      ({ type: 'task_update', id: 't1', title: 'Search', status: 'in_progress', ...more }) as never;
    await stream.append({ chunks: [{ type: 'plan_update', title: 'Plan' } as never, task({ details: 'a' })] });
    await stream.append({ chunks: [task({ title: 'Searched', status: 'complete', details: 'b' })] });
    expect(answer()?.blocks).toMatchObject([
      { type: 'plan', title: 'Plan' },
      { type: 'task_card', task_id: 't1', title: 'Searched', status: 'complete', details: 'ab' },
    ]);
    await stream.append({ chunks: [{ type: 'blocks', blocks: [{ type: 'divider' }] } as never] });
    expect(answer()?.blocks).toHaveLength(3);
    expect(slack.violations).toEqual([]);
  });

  it('wants to know for whom it is, outside of DMs', async () => {
    const start = (more: object) =>
      errorOf(client.apiCall('chat.startStream', { channel: 'C1', thread_ts: ts, ...more }));
    expect(await start({})).toBe('missing_recipient_team_id');
    expect(await start({ recipient_team_id: 'T0FAKE001' })).toBe('missing_recipient_user_id');
    expect(await start({ ...recipient, recipient_user_id: 'U404' })).toBe('user_not_found');
    expect(await start({ ...recipient, recipient_team_id: 'T404' })).toBe('team_not_found');
    const { channel, ts: thread_ts } = slack.user('U1').says('dm', 'hi');
    await client.chat.startStream({ channel, thread_ts, markdown_text: 'x' });
  });

  it('takes nothing more once it is stopped, by the app or by the person', async () => {
    const { ts: first = '' } = await client.chat.startStream({ channel: 'C1', thread_ts: ts, ...recipient });
    await client.chat.stopStream({ channel: 'C1', ts: first });
    const more = (at: string) => client.chat.appendStream({ channel: 'C1', ts: at, markdown_text: 'x' });
    expect(await errorOf(more(first))).toBe('message_not_in_streaming_state');
    const { ts: second = '' } = await client.chat.startStream({ channel: 'C1', thread_ts: ts, ...recipient });
    slack.user('U1').stops({ channel: 'C1', ts: second });
    expect(await errorOf(more(second))).toBe('stopped_by_user');
    expect(await errorOf(client.chat.stopStream({ channel: 'C1', ts: second }))).toBe('message_not_in_streaming_state');
    expect(await errorOf(more(ts))).toBe('message_not_owned_by_app');
    expect(await errorOf(more('1.000001'))).toBe('message_not_found');
  });

  it('ends by itself after five minutes, however much is appended', async () => {
    const { ts: at = '' } = await client.chat.startStream({ channel: 'C1', thread_ts: ts, ...recipient });
    const more = () => client.chat.appendStream({ channel: 'C1', ts: at, markdown_text: 'x' });
    for (let i = 0; i < 5; i += 1) {
      slack.clock.advance(60_000);
      await more();
    }
    slack.clock.advance(10_000);
    expect(await errorOf(more())).toBe('message_not_in_streaming_state');
    expect(answer()?.stream?.state).toBe('errored');
  });

  it('cannot be updated while it streams', async () => {
    const { ts: at = '' } = await client.chat.startStream({ channel: 'C1', thread_ts: ts, ...recipient });
    const update = () => client.chat.update({ channel: 'C1', ts: at, text: 'Other.' });
    expect(await errorOf(update())).toBe('streaming_state_conflict');
    await client.chat.stopStream({ channel: 'C1', ts: at });
    await update();
    expect(answer()?.text).toBe('Other.');
  });

  it('refuses pieces that are too long or of no kind', async () => {
    const { ts: at = '' } = await client.chat.startStream({ channel: 'C1', thread_ts: ts, ...recipient });
    const append = (more: object) => errorOf(client.apiCall('chat.appendStream', { channel: 'C1', ts: at, ...more }));
    expect(await append({ markdown_text: 'x'.repeat(12_001) })).toBe('msg_too_long');
    expect(await append({ chunks: [{ type: 'markdown', text: 'x' }] })).toBe('invalid_chunks');
    expect(await append({})).toBe('no_text');
    expect(await append({ chunks: [{ type: 'blocks', blocks: [{ type: 'nope' }] }] })).toBe('invalid_blocks');
    expect(slack.violations).toHaveLength(4);
  });
});
