import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { connectClient, errorOf, refusalOf } from './connect.ts';
import { everyScope } from './everyScope.ts';
import type { FakeSlack } from './FakeSlack.ts';
import { allMethods } from './methods/index.ts';
import { startFakeSlack } from './startFakeSlack.ts';

const methods = allMethods(() => '');

interface Scene {
  readonly client: webApi.WebClient;
  readonly slack: FakeSlack;
  readonly ts: string;
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = { type: 'modal' as const, callback_id: 'm', title: plain('Title'), blocks: [] };

/** One good call of every method, and what its answer must look like. */
const good: Record<string, { call(scene: Scene): Promise<unknown>; answer: object }> = {
  'apps.connections.open': {
    call: ({ slack }) => connectClient(slack, slack.appToken).apps.connections.open({}),
    answer: { url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/) },
  },
  'assistant.threads.setStatus': {
    call: ({ client, ts }) =>
      client.assistant.threads.setStatus({
        channel_id: 'C1',
        thread_ts: ts,
        status: 'is reading',
        loading_messages: ['one', 'two'],
      }),
    answer: {},
  },
  'assistant.threads.setSuggestedPrompts': {
    call({ client, slack }) {
      const { channel, threadTs } = slack.user('U1').opensAssistant();
      const prompts = [{ title: 'Deploys', message: 'How do we deploy?' }] as const;
      return client.assistant.threads.setSuggestedPrompts({
        channel_id: channel,
        thread_ts: threadTs,
        prompts: [...prompts],
      });
    },
    answer: {},
  },
  'assistant.threads.setTitle': {
    call({ client, slack }) {
      const { channel, threadTs } = slack.user('U1').opensAssistant();
      return client.assistant.threads.setTitle({ channel_id: channel, thread_ts: threadTs, title: 'Deploys' });
    },
    answer: {},
  },
  'auth.test': {
    call: ({ client }) => client.auth.test(),
    answer: { url: 'https://acme.slack.com/', team_id: 'T0FAKE001', user_id: 'U0FAKEBOT', bot_id: 'B0FAKE001' },
  },
  'bots.info': {
    call: ({ client, slack }) => client.bots.info({ bot: slack.botId }),
    answer: { bot: { id: 'B0FAKE001', user_id: 'U0FAKEBOT', app_id: 'A0FAKE001' } },
  },
  'chat.postMessage': {
    call: ({ client }) => client.chat.postMessage({ channel: 'C1', text: 'hi' }),
    answer: {
      channel: 'C1',
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
      message: { text: 'hi', bot_id: 'B0FAKE001' },
    },
  },
  'chat.postEphemeral': {
    call: ({ client }) => client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' }),
    answer: { message_ts: expect.stringMatching(/^\d{10}\.\d{6}$/) },
  },
  'chat.update': {
    async call({ client }) {
      const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'hi' });
      return client.chat.update({ channel: 'C1', ts, text: 'hello' });
    },
    answer: { channel: 'C1', text: 'hello', message: { text: 'hello', edited: { user: 'U0FAKEBOT' } } },
  },
  'chat.delete': {
    async call({ client }) {
      const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'hi' });
      return client.chat.delete({ channel: 'C1', ts });
    },
    answer: { channel: 'C1' },
  },
  'chat.getPermalink': {
    call: ({ client, ts }) => client.chat.getPermalink({ channel: 'C1', message_ts: ts }),
    answer: { channel: 'C1', permalink: expect.stringMatching(/^https:\/\/acme\.slack\.com\/archives\/C1\/p\d{16}$/) },
  },
  'chat.startStream': { call: (scene) => stream(scene), answer: { channel: 'C1' } },
  'chat.appendStream': {
    async call(scene) {
      const { ts = '' } = await stream(scene);
      return scene.client.chat.appendStream({ channel: 'C1', ts, markdown_text: '**more**' });
    },
    answer: { channel: 'C1' },
  },
  'chat.stopStream': {
    async call(scene) {
      const { ts = '' } = await stream(scene);
      return scene.client.chat.stopStream({
        channel: 'C1',
        ts,
        chunks: [{ type: 'markdown_text', text: ' End.' }] as never,
      });
    },
    answer: { channel: 'C1', message: { text: 'Begin. End.', streaming_state: 'completed' } },
  },
  'conversations.history': {
    call: ({ client }) => client.conversations.history({ channel: 'C1' }),
    answer: { messages: [{ type: 'message', user: 'U1', text: 'First.' }], has_more: false },
  },
  'conversations.replies': {
    call: ({ client, ts }) => client.conversations.replies({ channel: 'C1', ts }),
    answer: { messages: [{ user: 'U1', text: 'First.' }], has_more: false },
  },
  'conversations.info': {
    call: ({ client }) => client.conversations.info({ channel: 'C1', include_num_members: true }),
    answer: { channel: { id: 'C1', is_private: false, is_member: true, is_ext_shared: false, num_members: 2 } },
  },
  'conversations.members': {
    call: ({ client }) => client.conversations.members({ channel: 'C1' }),
    answer: { members: ['U1', 'U0FAKEBOT'], response_metadata: { next_cursor: '' } },
  },
  'conversations.list': {
    call: ({ client }) =>
      client.conversations.list({ types: 'public_channel,private_channel', exclude_archived: true }),
    answer: { channels: [{ id: 'C1', num_members: 2 }] },
  },
  'conversations.open': {
    call: ({ client }) => client.conversations.open({ users: 'U1', return_im: true }),
    answer: { channel: { is_im: true, user: 'U1' } },
  },
  'files.info': {
    call: ({ client, slack }) => client.files.info({ file: slack.addFile('plan.txt', 'U1', ['C1']) }),
    answer: { file: { name: 'plan.txt', mode: 'hosted', user: 'U1' } },
  },
  'reactions.add': {
    call: ({ client, ts }) => client.reactions.add({ channel: 'C1', timestamp: ts, name: 'eyes' }),
    answer: {},
  },
  'reactions.remove': {
    async call({ client, ts }) {
      await client.reactions.add({ channel: 'C1', timestamp: ts, name: 'eyes' });
      return client.reactions.remove({ channel: 'C1', timestamp: ts, name: 'eyes' });
    },
    answer: {},
  },
  'reactions.get': {
    call({ client, slack, ts }) {
      slack.user('U1').reacts({ channel: 'C1', ts }, '+1::skin-tone-3');
      return client.reactions.get({ channel: 'C1', timestamp: ts, full: true });
    },
    answer: { message: { reactions: [{ name: '+1::skin-tone-3', users: ['U1'], count: 1 }] } },
  },
  'team.info': { call: ({ client }) => client.team.info(), answer: { team: { id: 'T0FAKE001', domain: 'acme' } } },
  'usergroups.list': {
    call({ client, slack }) {
      slack.addUsergroup('S1', 'ops', ['U1']);
      return client.usergroups.list({ include_users: true });
    },
    answer: { usergroups: [{ id: 'S1', handle: 'ops', users: ['U1'] }] },
  },
  'users.info': {
    call: ({ client }) => client.users.info({ user: 'U1' }),
    answer: {
      user: { id: 'U1', deleted: false, is_bot: false, is_restricted: false, profile: { display_name: 'u1' } },
    },
  },
  'users.list': {
    call: ({ client }) => client.users.list({ limit: 1 }),
    answer: {
      members: [{ id: 'U0FAKEBOT', is_bot: true }],
      response_metadata: { next_cursor: expect.stringMatching(/./) },
    },
  },
  'views.open': {
    async call({ client, slack }) {
      return client.views.open({ trigger_id: await triggerOf(slack), view: modal });
    },
    answer: { view: { type: 'modal', callback_id: 'm', title: plain('Title') } },
  },
  'views.update': {
    async call({ client, slack }) {
      const { view } = await client.views.open({ trigger_id: await triggerOf(slack), view: modal });
      return client.views.update({
        view_id: view?.id ?? '',
        hash: view?.hash ?? '',
        view: { ...modal, title: plain('New') },
      });
    },
    answer: { view: { title: plain('New') } },
  },
  'views.publish': {
    call: ({ client }) =>
      client.views.publish({ user_id: 'U1', view: { type: 'home', blocks: [{ type: 'divider' }] } }),
    answer: { view: { type: 'home', blocks: [{ type: 'divider' }] } },
  },
};

function stream({ client, ts }: Scene) {
  return client.chat.startStream({
    channel: 'C1',
    thread_ts: ts,
    recipient_team_id: 'T0FAKE001',
    recipient_user_id: 'U1',
    markdown_text: 'Begin.',
  });
}

/** Somebody runs a command over HTTP, where nobody listens: Slack made a trigger for it all the same. */
async function triggerOf(slack: FakeSlack): Promise<string> {
  const { createServer } = await import('node:http');
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      resolve(new URLSearchParams(Buffer.concat(parts).toString()).get('trigger_id') ?? '');
      response.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as import('node:net').AddressInfo;
  slack.http.listenAt(`http://127.0.0.1:${port}/`);
  await slack.user('U1').runs('/ask', 'why?', 'C1');
  slack.http.listenAt(undefined);
  server.closeAllConnections();
  server.close();
  return promise;
}

describe('every method of the fake Slack, called by the real WebClient', () => {
  let slack: FakeSlack;
  let scene: Scene;
  beforeEach(async () => {
    slack = await startFakeSlack({ clock: createClock({ running: false }) });
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
    const { ts } = slack.user('U1').says('C1', 'First.');
    scene = { slack, client: connectClient(slack), ts };
  });
  afterEach(() => slack.stop());

  it('has a test here', () => {
    expect(Object.keys(good).sort()).toEqual(Object.keys(methods).sort());
  });

  it('needs no scope that cannot be granted', () => {
    const needed = Object.values(methods).flatMap(({ token, scopes }) => (token === 'bot' ? scopes : []));
    expect(needed.filter((scope) => !everyScope.includes(scope))).toEqual([]);
  });

  const named = (isOne: (one: (typeof methods)[string]) => boolean) =>
    Object.entries(methods).flatMap(([name, one]) => (isOne(one) ? [{ name, ...one }] : []));
  const clientFor = (kind: 'bot' | 'app') => (kind === 'bot' ? scene.client : connectClient(slack, slack.appToken));

  it.each(Object.entries(good))(
    '%s answers as Slack does, and the call breaks no rule',
    async (name, { call, answer }) => {
      expect(await call(scene)).toMatchObject({ ok: true, ...answer });
      expect(slack.calls(name).at(-1)).toMatchObject({ isAccepted: true, status: 200 });
      expect(slack.violations).toEqual([]);
    },
  );

  it.each(named(() => true))(
    '$name wants a token that it knows, of the right kind and good',
    async ({ name, token }) => {
      expect(await errorOf(connectClient(slack, '').apiCall(name))).toBe('not_authed');
      expect(await errorOf(connectClient(slack, 'xoxb-other').apiCall(name))).toBe('invalid_auth');
      expect(await errorOf(clientFor(token === 'bot' ? 'app' : 'bot').apiCall(name))).toBe('not_allowed_token_type');
      slack.setToken(token, 'revoked');
      expect(await errorOf(clientFor(token).apiCall(name))).toBe('token_revoked');
      slack.setToken(token, 'expired');
      expect(await errorOf(clientFor(token).apiCall(name))).toBe('token_expired');
      slack.setToken(token, 'inactive');
      expect(await errorOf(clientFor(token).apiCall(name))).toBe('account_inactive');
    },
  );

  it.each(named(({ token, scopes }) => token === 'bot' && scopes.length > 0))(
    '$name wants its scope, and says which',
    async ({ name, scopes }) => {
      slack.setScopes(['commands']);
      const refusal = await refusalOf(scene.client.apiCall(name));
      expect(refusal).toMatchObject({ error: 'missing_scope', needed: scopes.join(','), provided: 'commands' });
    },
  );

  it.each(named(({ tier }) => typeof tier === 'number'))(
    '$name is limited to its tier, until a minute is over',
    async ({ name, token, tier }) => {
      const client = clientFor(token);
      const most = { 1: 1, 2: 20, 3: 50, 4: 100 }[tier as number] ?? 0;
      // What they say does not matter: a refused call counts too.
      for (let i = 0; i < most; i += 1) await client.apiCall(name).catch(() => undefined);
      await expect(client.apiCall(name)).rejects.toMatchObject({ retryAfter: 60 });
      slack.clock.advance(60_000);
      await client.apiCall(name).catch(() => undefined);
      expect(slack.calls(name).at(-1)?.status).toBe(200);
    },
  );
});
